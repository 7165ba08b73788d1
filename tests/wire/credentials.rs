//! Where a credential goes, scheme by scheme (OpenAPI 3.1.1, Security Scheme Object).

use sdk::{Credentials, Error};

use crate::received::Received;
use crate::wire::{Wire, header, table, target};

/// Every header that a credential of this service may be in.
fn proof(request: Received) -> Vec<String> {
    let names = ["authorization", "x-key", "x-user", "cookie"];
    let found = names.iter().filter_map(|name| Some(format!("{name}: {}", header(&request, name)?)));
    found.collect()
}

#[tokio::test]
async fn credentials_in_headers() {
    let wire = Wire::silent().await;
    let bearer = wire.client_with(Credentials::bearer("s3cret"));
    let basic = wire.client_with(Credentials::basic("Aladdin:open sesame"));
    let key = wire.client_with(Credentials::header("s3cret"));
    let oauth2 = wire.client_with(Credentials::oauth2("s3cret"));
    let open_id = wire.client_with(Credentials::open_id("s3cret"));
    let both = wire.client_with(Credentials::user_header("me", "s3cret"));
    let cookie = wire.client_with(Credentials::cookie("s3cret"));
    table! { wire, proof;
        // RFC 6750, section 2.1; OAuth2 and OpenID Connect give tokens that travel the same way.
        bearer.security().bearer() => ["authorization: Bearer s3cret"],
        oauth2.security().oauth2() => ["authorization: Bearer s3cret"],
        open_id.security().open_id() => ["authorization: Bearer s3cret"],
        // RFC 7617, section 2, whose example this is.
        basic.security().basic() => ["authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="],
        key.security().header() => ["x-key: s3cret"],
        both.security().together() => ["x-key: s3cret", "x-user: me"],
        // One alternative is enough.
        bearer.security().either() => ["authorization: Bearer s3cret"],
        key.security().either() => ["x-key: s3cret"],
        // In one header with the cookies of the call (RFC 6265, section 5.4).
        cookie.security().cookie() => ["cookie: session=s3cret"],
        cookie.security().cookie().color("blue") => ["cookie: color=blue; session=s3cret"],
        // `{}` takes a credential without asking for one.
        bearer.security().optional() => ["authorization: Bearer s3cret"],
        wire.client().security().optional() => [""; 0],
        // `security: []` takes none.
        bearer.security().none() => [""; 0],
        wire.client().security().none() => [""; 0],
    }
}

#[tokio::test]
async fn credentials_in_queries() {
    let wire = Wire::silent().await;
    let key = wire.client_with(Credentials::query("s3cret&x=1"));
    table! { wire, target;
        key.security().query() => "/security/query?api_key=s3cret%26x%3D1",
        key.security().query().color("blue") => "/security/query?color=blue&api_key=s3cret%26x%3D1",
    }
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent() {
    let client = Wire::silent().await.client();
    let security = client.security();
    let calls = [security.bearer().send_raw(), security.either().send_raw(), security.together().send_raw()];
    for call in calls {
        let outcome = call.await;
        assert!(matches!(outcome, Err(Error::NotSent(_))), "{outcome:?}");
    }
}
