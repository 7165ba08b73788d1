//! Calls through one client against a service with faults; with more of them, `cargo run --release -p tests --bin soak`.

use tests::soak::soak;

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn no_call_is_lost_and_none_is_done_twice_that_must_not_be() {
    let soaked = soak(3_000, 32).await.unwrap();
    assert_eq!(soaked.faults, [""; 0]);
    assert_eq!(soaked.answered + soaked.failed, 3_000);
    assert!(soaked.sent_again > 0 && soaked.failed > 0, "{soaked:?}");
}
