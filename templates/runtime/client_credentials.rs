//! Access tokens of OAuth 2.0 that a client gets with its own credentials (RFC 6749, section 4.4).

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use http::{HeaderMap, HeaderValue, Method, Request, Uri, header};
use zeroize::Zeroizing;

use super::base_url::BaseUrl;
use super::client::Inner;
use super::clock::{Instant, sleep, timeout};
use super::credentials::{Credentials, Token, Tokens};
use super::headers::put_header;
use super::operation::Retry;
use super::percent::push_encoded;
use super::request_body::Content;
use super::retry;
use super::retry_budget::RetryBudget;
use super::secret::Secret;
use super::shared_fetch::{self, Outcome, SharedFetch};
use super::text::before;
use super::token_answer::{Answer, Kept};
use super::transport::{Transport, TransportError};

/// What an answer may be long, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

impl Credentials {
    /// Where tokens come from, instead of the document's place: an absolute URL. No effect on credentials
    /// that don't fetch tokens.
    #[must_use]
    pub fn token_url(self, url: impl Into<String>) -> Self {
        let url = url.into();
        self.with_tokens(|tokens| tokens.elsewhere(&url))
    }

    /// What the tokens are to allow, words with spaces between (RFC 6749, section 3.3). Default: whatever
    /// the service allows this client. No effect on credentials that don't fetch tokens.
    #[must_use]
    pub fn scope(self, scope: impl Into<String>) -> Self {
        let scope = scope.into();
        self.with_tokens(|tokens| tokens.scoped(&scope))
    }
}

/// Fetches tokens from a URL, with the client's identifier and secret.
pub(crate) fn tokens(url: &str, id: &Secret, secret: &Secret) -> Arc<dyn Tokens> {
    Arc::new(TokenClient::new(Login {
        url: url.to_owned(),
        scope: None,
        id: id.clone(),
        secret: secret.clone(),
    }))
}

/// All clones of a client share one.
struct TokenClient {
    login: Arc<Login>,
    kept: Arc<Mutex<Option<Kept>>>,
    /// The last token that was asked for.
    asked: Mutex<Option<SharedFetch>>,
}

/// What a token is got with.
#[derive(Clone)]
struct Login {
    url: String,
    scope: Option<String>,
    id: Secret,
    secret: Secret,
}

impl Tokens for TokenClient {
    fn token<'a>(&'a self, client: &'a Inner) -> Token<'a> {
        Box::pin(self.current(client))
    }

    fn refused(&self, token: &Secret) {
        let mut kept = lock(&self.kept);
        // Another call may have a newer one already.
        if kept.as_ref().is_some_and(|kept| kept.token == *token) {
            *kept = None;
        }
    }

    fn elsewhere(&self, url: &str) -> Arc<dyn Tokens> {
        Arc::new(Self::new(Login {
            url: url.to_owned(),
            ..Login::clone(&self.login)
        }))
    }

    fn scoped(&self, scope: &str) -> Arc<dyn Tokens> {
        Arc::new(Self::new(Login {
            scope: Some(scope.to_owned()),
            ..Login::clone(&self.login)
        }))
    }
}

/// Without the query, which is nobody's business.
fn place(uri: &Uri) -> String {
    let text = uri.to_string();
    before(&text, b"?").to_owned()
}

impl TokenClient {
    fn new(login: Login) -> Self {
        Self {
            login: Arc::new(login),
            kept: Arc::default(),
            asked: Mutex::default(),
        }
    }

    /// The token at hand, else a new one; whoever comes while it is fetched waits, and shares what comes of it.
    async fn current(&self, client: &Inner) -> Result<Secret, String> {
        loop {
            let (mut fetch, is_ours) = match self.at_hand_or_asked(client)? {
                Current::Token(token) => return Ok(token),
                Current::Fetch { outcome, is_ours } => (outcome, is_ours),
            };
            match shared_fetch::outcome(&mut fetch).await {
                Some(outcome) => return outcome,
                None if is_ours => return Err("no access token: asking for it was ended".to_owned()),
                // It ended with the runtime of another call.
                None => {}
            }
        }
    }

    fn at_hand_or_asked(&self, client: &Inner) -> Result<Current, String> {
        let mut asked = lock(&self.asked);
        if let Some(token) = self.at_hand() {
            return Ok(Current::Token(token));
        }
        let running = asked.as_ref().and_then(SharedFetch::running);
        if let Some(outcome) = running {
            let is_ours = false;
            return Ok(Current::Fetch { outcome, is_ours });
        }
        let fetch = Fetch::new(Arc::clone(&self.login), client)?;
        let begun = SharedFetch::begin(fetch.kept(Arc::clone(&self.kept)));
        let outcome = begun.subscribe();
        *asked = Some(begun);
        let is_ours = true;
        Ok(Current::Fetch { outcome, is_ours })
    }

    fn at_hand(&self) -> Option<Secret> {
        let kept = lock(&self.kept);
        let kept = kept.as_ref()?;
        let is_good = kept.until.is_none_or(|until| Instant::now() < until);
        is_good.then(|| kept.token.clone())
    }
}

/// Where a call's token comes from.
enum Current {
    Token(Secret),
    Fetch {
        outcome: Outcome,
        /// Whether it began with this call.
        is_ours: bool,
    },
}

/// A token on its way. It holds nothing of the client that would keep it alive.
struct Fetch {
    login: Arc<Login>,
    uri: Uri,
    headers: HeaderMap,
    transport: Arc<dyn Transport>,
    attempt_timeout: Duration,
    /// For all attempts and the waits between them.
    timeout: Duration,
    max_retries: u32,
    retry_budget: Arc<RetryBudget>,
}

impl Fetch {
    fn new(login: Arc<Login>, client: &Inner) -> Result<Self, String> {
        let no_token = |why| format!("no access token: {why}");
        Ok(Self {
            uri: login.checked_url(client).map_err(no_token)?,
            headers: login.headers(client).map_err(no_token)?,
            login,
            transport: Arc::clone(&client.transport),
            attempt_timeout: client.attempt_timeout,
            timeout: client.timeout,
            max_retries: client.max_retries,
            retry_budget: Arc::clone(&client.retry_budget),
        })
    }

    /// Leaves the token where later calls find it.
    async fn kept(self, place: Arc<Mutex<Option<Kept>>>) -> Result<Secret, String> {
        let Some(fetched) = timeout(|| self.timeout, pin!(self.fetch())).await else {
            let seconds = self.timeout.as_secs_f64();
            let from = self::place(&self.uri);
            return Err(format!("no access token from {from}: none came within {seconds:.1} s"));
        };
        let fetched = fetched?;
        let token = fetched.token.clone();
        *lock(&place) = Some(fetched);
        Ok(token)
    }

    /// Asks, again where that may help. Asking twice changes nothing but which token is used.
    async fn fetch(&self) -> Result<Kept, String> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let asked = Instant::now();
            let outcome = self.ask().await;
            let wait = match &outcome {
                Err(error) if Retry::Safe.after_failure(error) => Some(retry::backoff(attempts)),
                Ok(answer) if Retry::Safe.after_answer(answer.status, &answer.headers) => {
                    retry::wait_after_answer(&answer.headers, attempts)
                }
                _ => None,
            };
            match wait {
                Some(wait) if attempts <= self.max_retries && self.retry_budget.withdraw() => {
                    sleep(wait).await;
                }
                _ => {
                    return outcome
                        .map_err(|error| error.to_string())
                        .and_then(|answer| answer.token(asked))
                        .map_err(|why| format!("no access token from {}: {why}", place(&self.uri)));
                }
            }
        }
    }

    async fn ask(&self) -> Result<Answer, TransportError> {
        let limit = self.attempt_timeout;
        let asked = pin!(async {
            let mut request = Request::new(Content::bytes(self.login.form()).open().await?);
            *request.method_mut() = Method::POST;
            *request.uri_mut() = self.uri.clone();
            *request.headers_mut() = self.headers.clone();
            let response = self.transport.send(request).await?;
            let (parts, mut pieces) = response.into_parts();
            let mut body = Zeroizing::new(Vec::with_capacity(LONGEST_ANSWER));
            while let Some(piece) = pieces.next().await? {
                if body.len() + piece.len() > LONGEST_ANSWER {
                    return Err(TransportError::too_large(LONGEST_ANSWER));
                }
                body.extend_from_slice(&piece);
            }
            Ok(Answer {
                status: parts.status,
                headers: parts.headers,
                body,
            })
        });
        timeout(|| limit, asked).await.unwrap_or_else(|| {
            let seconds = limit.as_secs_f64();
            Err(TransportError::timeout(format!(
                "no whole answer within {seconds:.1} s"
            )))
        })
    }
}

impl Login {
    /// The absolute URL; an error never repeats it, since it may hold a password.
    fn checked_url(&self, client: &Inner) -> Result<Uri, String> {
        let mut url = before(&self.url, b"#").to_owned();
        if url.starts_with("/") {
            url.insert_str(0, client.base_url.origin());
        }
        let place = BaseUrl::parse(before(&url, b"?"))
            .map_err(|why| format!("the token URL can't be used: {why}"))?;
        if !client.may_carry_credentials(&place) {
            return Err(format!(
                "the client's secret would go there unencrypted: use https, or \
                 `ClientBuilder::allow_insecure_http(\"{}\")`",
                place.host()
            ));
        }
        url.parse()
            .map_err(|_| "the token URL isn't valid".to_owned())
    }

    /// RFC 6749, section 4.4.2.
    fn form(&self) -> String {
        let mut form = "grant_type=client_credentials".to_owned();
        if let Some(scope) = &self.scope {
            form.push_str("&scope=");
            push_encoded(&mut form, scope);
        }
        form
    }

    /// Of the client's own headers only who is calling: the others are for the service.
    fn headers(&self, client: &Inner) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        if let Some(agent) = client.headers.get(header::USER_AGENT) {
            put_header(&mut headers, header::USER_AGENT, agent.clone());
        }
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        put_header(&mut headers, header::CONTENT_TYPE, form);
        let json = HeaderValue::from_static("application/json");
        put_header(&mut headers, header::ACCEPT, json);
        let mut basic = HeaderValue::from_bytes(self.basic().as_bytes())
            .map_err(|_| "the client's secret can't be sent".to_owned())?;
        basic.set_sensitive(true);
        put_header(&mut headers, header::AUTHORIZATION, basic);
        Ok(headers)
    }

    /// Both parts are encoded before they are joined (RFC 6749, section 2.3.1).
    fn basic(&self) -> Zeroizing<String> {
        let mut pair = Zeroizing::new(String::new());
        push_encoded(&mut pair, self.id.expose_secret());
        *pair += ":";
        push_encoded(&mut pair, self.secret.expose_secret());
        let encoded = base64::engine::general_purpose::STANDARD.encode(pair.as_bytes());
        Zeroizing::new(format!("Basic {encoded}"))
    }
}

/// What is in it is whole at any time.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The characters are those of RFC 6749, section 2.3.1, that would end a part.
    #[test]
    fn identifier_and_secret_are_encoded_before_they_are_joined() {
        let login = Login {
            url: String::new(),
            scope: Some("read write".to_owned()),
            id: Secret::from("a:b"),
            secret: Secret::from("c d%é"),
        };
        let encoded = base64::engine::general_purpose::STANDARD.encode("a%3Ab:c%20d%25%C3%A9");
        assert_eq!(*login.basic(), format!("Basic {encoded}"));
        assert_eq!(
            login.form(),
            "grant_type=client_credentials&scope=read%20write"
        );
    }
}
