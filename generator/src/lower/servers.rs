//! Base URLs.

use crate::api::Server;

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

fn url(server: &openapiv3::Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url.truncate(url.trim_end_matches('/').len());
    url
}
