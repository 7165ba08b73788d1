//! Keys by which a service knows a request that it has had before
//! (draft-ietf-httpapi-idempotency-key-header).

use std::hash::{BuildHasher, RandomState};

/// A key that no other request has, in the form of a random UUID (RFC 9562, section 5.4).
pub(crate) fn key() -> String {
    // Their own keys come from the system, and no two of them are equal.
    let random = || RandomState::new().hash_one(());
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff,
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::{Arc, Mutex};

    use http::{Method, StatusCode};

    use super::*;
    use crate::runtime::call::Call;
    use crate::runtime::client::{Client, ClientBuilder};
    use crate::runtime::error::Error;
    use crate::runtime::operation::{Answer, Need, Operation, Retry};
    use crate::runtime::request_body::RequestBody;
    use crate::runtime::request_builder::RequestBuilder;
    use crate::runtime::service::TEST_SERVICE;
    use crate::runtime::transport::{ResponseBody, Transport, TransportError, TransportFuture};

    const fn operation(retry: Retry) -> Operation {
        Operation {
            id: "order",
            method: Method::POST,
            path: "/orders",
            base_url: None,
            retry,
            credentials: Need::Never,
            body: None,
            body_required: false,
            answer: Answer::Empty,
            accept: "application/json",
            paging: None,
        }
    }

    static KEYED: Operation = operation(Retry::Keyed("Idempotency-Key"));
    static WITHOUT: Operation = operation(Retry::Unsafe);
    static IMPOSSIBLE: Operation = operation(Retry::Keyed("no header"));

    /// Breaks off at first, then fails, then answers; and keeps the keys that came.
    #[derive(Clone, Default)]
    struct Faltering {
        keys: Arc<Mutex<Vec<String>>>,
    }

    impl Transport for Faltering {
        fn send(
            &self,
            request: http::Request<RequestBody>,
        ) -> TransportFuture<'_, http::Response<ResponseBody>> {
            let key = request.headers().get("idempotency-key");
            let key = key.map_or("", |key| key.to_str().unwrap_or_default());
            let mut count = 0;
            if let Ok(mut keys) = self.keys.lock() {
                keys.push(key.to_owned());
                count = keys.len();
            }
            let mut response = http::Response::new(ResponseBody::from(""));
            response
                .headers_mut()
                .insert("retry-after", http::HeaderValue::from_static("0"));
            if count == 2 {
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            }
            Box::pin(async move {
                match count {
                    1 => Err(TransportError::other("broken")),
                    _ => Ok(response),
                }
            })
        }
    }

    impl Faltering {
        fn client(&self) -> Result<Client, Error> {
            ClientBuilder::new(&TEST_SERVICE)
                .transport(self.clone())
                .build()
        }

        fn keys(&self) -> Vec<String> {
            self.keys
                .lock()
                .map(|keys| keys.clone())
                .unwrap_or_default()
        }
    }

    #[tokio::test]
    async fn one_key_is_made_for_a_call_and_kept_when_it_is_sent_again() -> Result<(), Error> {
        let transport = Faltering::default();
        let client = transport.client()?;
        let order = RequestBuilder::<()>::new(Call::new(&client, &KEYED));
        order.clone().await?;
        order.await?;
        let keys = transport.keys();
        assert_eq!(keys.len(), 4);
        assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3]);
        assert!(keys.iter().all(|key| key.len() == 36));
        Ok(())
    }

    #[tokio::test]
    async fn the_callers_own_key_is_taken() -> Result<(), Error> {
        let transport = Faltering::default();
        let client = transport.client()?;
        let order = RequestBuilder::<()>::new(Call::new(&client, &KEYED));
        order.header("idempotency-key", "mine").await?;
        assert_eq!(transport.keys(), ["mine"; 3]);
        Ok(())
    }

    #[tokio::test]
    async fn without_a_key_it_is_sent_once() -> Result<(), Error> {
        for operation in [&WITHOUT, &IMPOSSIBLE] {
            let transport = Faltering::default();
            let client = transport.client()?;
            let order = RequestBuilder::<()>::new(Call::new(&client, operation));
            assert!(order.await.is_err());
            assert_eq!(transport.keys(), [""]);
        }
        Ok(())
    }

    #[test]
    fn keys_are_random_uuids() {
        let keys: HashSet<String> = (0..1000).map(|_| key()).collect();
        assert_eq!(keys.len(), 1000);
        for key in keys {
            let signs: Vec<char> = key.chars().collect();
            assert_eq!((signs[8], signs[13], signs[14]), ('-', '-', '4'), "{key}");
            assert!(matches!(signs[19], '8' | '9' | 'a' | 'b'), "{key}");
        }
    }
}
