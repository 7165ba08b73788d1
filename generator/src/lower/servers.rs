//! Base URLs.

use super::Lowering;
use super::operations::Found;
use crate::api::Server;
use crate::diagnostic::Code;

/// The servers of a document, variables replaced by their defaults.
pub(super) fn lower(servers: &[openapiv3::Server]) -> Vec<Server> {
    servers
        .iter()
        .map(|server| Server {
            url: url(server),
            description: server.description.clone(),
        })
        .collect()
}

impl Lowering<'_> {
    /// The operation's own base URL: that of the operation, else of its path, where it isn't the document's.
    pub(super) fn own_base_url(&mut self, found: &Found<'_>) -> Option<String> {
        let own = [
            (&found.operation.servers, &found.at),
            (&found.path_item.servers, &found.path_item_at),
        ];
        let (server, at) = own
            .into_iter()
            .find_map(|(servers, at)| Some((servers.first()?, at)))?;
        let own = url(server);
        let general = self.document.servers.first().map(url);
        if general.as_ref() == Some(&own) {
            return None;
        }
        if is_absolute(&own) {
            return Some(own);
        }
        if let Some(joined) = general.as_deref().and_then(|general| joined(general, &own)) {
            return Some(joined).filter(|joined| Some(joined) != general.as_ref());
        }
        self.report(
            Code::IgnoredServer,
            &at.child("servers"),
            format!("the server `{}` isn't an absolute URL", server.url),
            "the document's server is called; give the call another base URL",
        );
        None
    }
}

fn url(server: &openapiv3::Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url.truncate(url.trim_end_matches('/').len());
    url
}

/// Whether a client can call it as it is.
fn is_absolute(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    host.is_some_and(|host| {
        !host.is_empty()
            && host
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "-._:[]".contains(character))
    }) && !url
        .contains(|character: char| "{}?#\\".contains(character) || !character.is_ascii_graphic())
        && !has_dot_segment(url)
}

fn has_dot_segment(url: &str) -> bool {
    url.split('/')
        .any(|segment| segment == "." || segment == "..")
}

/// A path from the root of the host that the document is served from, which is the general server's
/// as far as anybody can know.
fn joined(general: &str, own: &str) -> Option<String> {
    let scheme_end = general.find("://")? + 3;
    let host_end = general
        .get(scheme_end..)?
        .find('/')
        .map_or(general.len(), |end| scheme_end + end);
    let joined = format!("{}{own}", general.get(..host_end)?);
    ((own.is_empty() || own.starts_with('/')) && !own.starts_with("//") && is_absolute(&joined))
        .then_some(joined)
}
