//! Many calls through one client against a service with faults: none is lost, none is done twice that must not be.

pub mod service;

use std::error::Error as StdError;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use generated::{AccountId, Client, Credentials, Error};

use self::service::{Fault, Service};
use crate::memory::resident;

/// As the client is set up.
const MAX_RETRIES: u32 = 2;

/// What came of all calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Soaked {
    /// Calls that gave what was asked for.
    pub answered: u32,
    /// Calls that gave an error.
    pub failed: u32,
    /// Requests beyond the first of their call.
    pub sent_again: u32,
    /// Connections that were made.
    pub connections: u32,
    /// Connections that the service ended.
    pub ended: u32,
    /// What must not be, in words.
    pub faults: Vec<String>,
    /// Resident memory in KiB after a twentieth, half and all of the calls.
    pub resident: [u64; 3],
}

/// What a call does, by its number: what may be sent again differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// GET.
    Safe,
    /// PUT.
    Idempotent,
    /// POST.
    Unsafe,
}

impl Kind {
    fn of(call: u32) -> Self {
        match call % 3 {
            0 => Self::Safe,
            1 => Self::Idempotent,
            _ => Self::Unsafe,
        }
    }
}

/// Makes that many calls from that many tasks.
///
/// # Errors
/// There is no socket to listen on, or no memory figure of this process.
pub async fn soak(calls: u32, tasks: u32) -> Result<Soaked, Box<dyn StdError + Send + Sync>> {
    let (base_url, service) = Service::start(calls).await?;
    let client = Client::builder()
        .base_url(base_url)
        .credentials(Credentials::api_token("t"))
        .max_retries(MAX_RETRIES)
        .build()?;
    let begun = Arc::new(AtomicU32::new(0));
    let workers: Vec<_> = (0..tasks)
        .map(|_| (client.clone(), Arc::clone(&service), Arc::clone(&begun)))
        .map(|(client, service, begun)| tokio::spawn(work(client, service, begun, calls)))
        .collect();
    let mut soaked = Soaked::default();
    for worker in workers {
        soaked.add(worker.await??);
    }
    soaked.connections = service.connections();
    soaked.ended = service.ended();
    let lost = calls - soaked.answered - soaked.failed;
    if lost > 0 {
        soaked.faults.push(format!("{lost} calls never ended"));
    }
    // A call that waits for a connection may open one although another comes free meanwhile.
    if soaked.connections > 2 * tasks + soaked.ended {
        let connections = soaked.connections;
        let message = format!("{connections} connections for {tasks} tasks");
        soaked.faults.push(message);
    }
    Ok(soaked)
}

/// Calls until all are begun, and judges each as it ends.
async fn work(
    client: Client,
    service: Arc<Service>,
    begun: Arc<AtomicU32>,
    calls: u32,
) -> std::io::Result<Soaked> {
    let mut soaked = Soaked::default();
    let marks = [calls / 20, calls / 2, calls - 1];
    loop {
        let call = begun.fetch_add(1, Ordering::Relaxed);
        if call >= calls {
            return Ok(soaked);
        }
        let outcome = send(&client, call).await;
        soaked.judge(call, &outcome, &service);
        if let Some(mark) = marks.iter().position(|mark| *mark == call) {
            soaked.resident[mark] = resident()?;
        }
    }
}

/// Gives the `id` of the answer, which is the call's number.
async fn send(client: &Client, call: u32) -> Result<Option<String>, Error> {
    let zero_trust = client.zero_trust();
    let tokens = zero_trust.access().service_tokens();
    let account = AccountId::new(call.to_string());
    match Kind::of(call) {
        Kind::Safe => Ok(tokens.get(account, "token").await?.id),
        Kind::Idempotent => Ok(tokens.update(account, "token").name("n").await?.id),
        Kind::Unsafe => Ok(tokens.create(account, "n").await?.id),
    }
}

impl Soaked {
    fn add(&mut self, other: Self) {
        self.answered += other.answered;
        self.failed += other.failed;
        self.sent_again += other.sent_again;
        self.faults.extend(other.faults);
        for (mine, theirs) in self.resident.iter_mut().zip(other.resident) {
            *mine = (*mine).max(theirs);
        }
    }

    fn judge(&mut self, call: u32, outcome: &Result<Option<String>, Error>, service: &Service) {
        let (requests, acts) = (service.requests(call), service.acts(call));
        self.sent_again += requests.saturating_sub(1);
        let last = Fault::of(call, requests.saturating_sub(1));
        let is_answered = last.is_none_or(Fault::is_answered);
        match outcome {
            Ok(id) => {
                self.answered += 1;
                let is_own = id.as_deref() == Some(call.to_string().as_str());
                self.expect(is_own, call, "got another call's answer");
                self.expect(is_answered, call, "has an answer that nobody gave");
            }
            Err(error) => {
                self.failed += 1;
                self.expect(
                    !is_answered,
                    call,
                    &format!("failed without reason: {error}"),
                );
            }
        }
        self.expect(requests > 0, call, "was never sent");
        self.expect(requests <= 1 + MAX_RETRIES, call, "was sent too often");
        let is_once = Kind::of(call) != Kind::Unsafe || acts <= 1;
        self.expect(is_once, call, "was done more than once");
    }

    fn expect(&mut self, holds: bool, call: u32, otherwise: &str) {
        if !holds {
            let kind = Kind::of(call);
            self.faults
                .push(format!("call {call} ({kind:?}) {otherwise}"));
        }
    }
}
