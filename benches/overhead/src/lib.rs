//! The create call through the emitted client and one written by hand, against a loopback service.

mod by_hand;
mod service;

use std::error::Error;

use generated::{AccountId, Client, Credentials};
use tokio::runtime::{self, Runtime};

/// Each call is for another one than the call before, so that its path is another one, too.
const ACCOUNTS: [&str; 3] = [
    "023e105f4ecef8ad9ca31a8372d0c353",
    "699d98642c564d2e855e9661899b7252",
    "01a7362d577a6c3019a474fd6f485823",
];

pub const CALLS_IN_A_ROUND: usize = 250;

/// The two clients, each with a connection of its own.
pub struct Clients {
    runtime: Runtime,
    ours: Client,
    by_hand: by_hand::Client,
}

impl Clients {
    /// Begins a service; the connections are made before anything is measured.
    pub fn connected() -> Result<Self, Box<dyn Error>> {
        let base_url = service::start()?;
        let clients = Self {
            runtime: runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            ours: Client::builder()
                .base_url(&base_url)
                .credentials(Credentials::api_token("test-token"))
                .build()?,
            by_hand: by_hand::Client::new(&base_url)?,
        };
        for account in accounts() {
            clients.create(account)?;
            clients.create_by_hand(account)?;
        }
        Ok(clients)
    }

    pub fn create(&self, account: &str) -> Result<(), Box<dyn Error>> {
        check(self.runtime.block_on(async {
            let zero_trust = self.ours.zero_trust();
            let tokens = zero_trust.access().service_tokens();
            let token = tokens
                .create(AccountId::new(account), "CI/CD token")
                .duration("60m")
                .await?;
            Ok(token.client_secret.expose_secret().len())
        }))
    }

    pub fn create_by_hand(&self, account: &str) -> Result<(), Box<dyn Error>> {
        check(self.runtime.block_on(async {
            let token = self.by_hand.create(account, "CI/CD token").await?;
            Ok(token.ok_or("no token")?.client_secret.len())
        }))
    }
}

/// Of the calls of a round.
pub fn accounts() -> impl Iterator<Item = &'static str> {
    ACCOUNTS.into_iter().cycle().take(CALLS_IN_A_ROUND)
}

/// The middle one.
pub fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_unstable_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn check(length: Result<usize, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    match length? {
        64 => Ok(()),
        _ => Err("the secret isn't the one that was sent".into()),
    }
}
