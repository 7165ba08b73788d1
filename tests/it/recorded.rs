//! What the SDK sends and what it makes of the answers, over real sockets.

mod any_text;
mod blocking;
mod calls;
mod credentials;
mod failures;
mod forward;
mod layers;
mod limited;
mod pages;
mod retries;
mod secrets;
mod shown;
mod traced;

use generated::{AccountId, ZoneId};

const SECRET: &str = "bdd31cbc4dec990953e39163fbbb194c93313ca9f0a6e420346af9d326b1d2a5";
const TOKEN_ID: &str = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";

fn account() -> AccountId {
    AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")
}

fn zone() -> ZoneId {
    ZoneId::new("023e105f4ecef8ad9ca31a8372d0c353")
}

/// An error and everything behind it, as somebody would log it.
fn logged(error: &generated::Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(&format!("\n{error}\n{error:?}"));
        source = error.source();
    }
    text
}
