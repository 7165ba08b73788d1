//! The token that a request gets just before it goes out, where tokens are fetched.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode, header};

use super::client::Inner;
use super::clock::timeout;
use super::credentials::{Tokens, bearer};
use super::headers::put_header;
use super::secret::Secret;
use super::transport::TransportError;

/// How a call comes by its token; nothing of it where the credentials are whole.
#[derive(Default)]
pub(crate) struct Authorization {
    tokens: Option<Arc<dyn Tokens>>,
    sent: Option<Secret>,
    is_renewed: bool,
}

impl Authorization {
    pub(crate) fn with(tokens: Option<Arc<dyn Tokens>>) -> Self {
        Self {
            tokens,
            ..Self::default()
        }
    }

    /// Whether there is a token to fetch.
    pub(crate) fn is_fetched(&self) -> bool {
        self.tokens.is_some()
    }

    /// Puts the token of now into the headers; an error says why there is none.
    pub(crate) async fn add(
        &mut self,
        client: &Inner,
        time_left: impl Fn() -> Duration,
        headers: &mut HeaderMap,
    ) -> Result<(), TransportError> {
        let Some(tokens) = &self.tokens else {
            return Ok(());
        };
        let is_ours = self.sent.is_some() || self.is_renewed;
        if !is_ours && headers.contains_key(header::AUTHORIZATION) {
            return Ok(());
        }
        let token = match timeout(time_left, tokens.token(client)).await {
            Some(token) => token.map_err(TransportError::not_sent)?,
            None => {
                let late = TransportError::not_sent("no access token came in time");
                return Err(late.or_timed_out(true));
            }
        };
        if let Some(value) = bearer(&token) {
            put_header(headers, header::AUTHORIZATION, value);
        }
        self.sent = Some(token);
        Ok(())
    }

    /// Whether the call is worth another attempt with another token: once, where this one was refused
    /// (RFC 6750, section 3.1). What was refused was not done.
    pub(crate) fn renew(&mut self, status: StatusCode) -> bool {
        if status != StatusCode::UNAUTHORIZED || self.is_renewed {
            return false;
        }
        let (Some(tokens), Some(token)) = (&self.tokens, self.sent.take()) else {
            return false;
        };
        tokens.refused(&token);
        self.is_renewed = true;
        true
    }
}
