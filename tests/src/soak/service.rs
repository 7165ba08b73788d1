//! A loopback service with faults that are drawn from the number of a call and of its attempt.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What goes wrong with one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The service acts, then the connection ends without an answer.
    Close,
    /// The service acts, then the connection ends in the middle of the answer.
    Cut,
    /// The service acts and fails.
    Failed,
    /// The service acts, and says 503 without a time to come back.
    Unavailable,
    /// The service acts, and takes its time.
    Late,
    /// The service doesn't act: too many requests.
    TooMany,
    /// The service doesn't act: 503, and when to come back.
    ComeBack,
}

impl Fault {
    const ALL: [Self; 7] = [
        Self::Close,
        Self::Cut,
        Self::Failed,
        Self::Unavailable,
        Self::Late,
        Self::TooMany,
        Self::ComeBack,
    ];

    /// The fault of an attempt at a call, counted from 0: five in a hundred have one, always the same.
    pub fn of(call: u32, attempt: u32) -> Option<Self> {
        let mut random = fastrand::Rng::with_seed(u64::from(call) << 8 | u64::from(attempt));
        let is_faulty = random.u32(..100) < 5;
        is_faulty.then(|| Self::ALL[random.usize(..Self::ALL.len())])
    }

    /// Whether the service did what it was asked for.
    pub fn has_acted(self) -> bool {
        !matches!(self, Self::TooMany | Self::ComeBack)
    }

    /// Whether the caller gets an answer that says yes.
    pub fn is_answered(self) -> bool {
        self == Self::Late
    }

    /// Whether the connection is lost.
    pub fn ends_connection(self) -> bool {
        matches!(self, Self::Close | Self::Cut)
    }
}

/// What reached a service.
#[derive(Debug)]
pub struct Service {
    /// Requests of each call.
    requests: Vec<AtomicU32>,
    /// How often it acted, for each call.
    acts: Vec<AtomicU32>,
    connections: AtomicU32,
    ended: AtomicU32,
}

impl Service {
    /// Starts to listen; gives its base URL.
    ///
    /// # Errors
    /// There is no socket to listen on.
    pub async fn start(calls: u32) -> io::Result<(String, Arc<Self>)> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let counters = || (0..calls).map(|_| AtomicU32::new(0)).collect();
        let service = Arc::new(Self {
            requests: counters(),
            acts: counters(),
            connections: AtomicU32::new(0),
            ended: AtomicU32::new(0),
        });
        let accepting = Arc::clone(&service);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                accepting.connections.fetch_add(1, Ordering::Relaxed);
                let service = Arc::clone(&accepting);
                tokio::spawn(async move { service.serve(socket).await });
            }
        });
        Ok((base_url, service))
    }

    /// How many requests of a call came.
    pub fn requests(&self, call: u32) -> u32 {
        count(&self.requests, call)
    }

    /// How often it did what a call asks for.
    pub fn acts(&self, call: u32) -> u32 {
        count(&self.acts, call)
    }

    /// How many connections were made to it.
    pub fn connections(&self) -> u32 {
        self.connections.load(Ordering::Relaxed)
    }

    /// How many connections it ended.
    pub fn ended(&self) -> u32 {
        self.ended.load(Ordering::Relaxed)
    }

    async fn serve(&self, mut socket: TcpStream) -> io::Result<()> {
        let mut received = Vec::new();
        while let Some(call) = next_call(&mut socket, &mut received).await? {
            let Some(requests) = self.requests.get(call as usize) else {
                return Ok(());
            };
            let fault = Fault::of(call, requests.fetch_add(1, Ordering::Relaxed));
            if fault.is_none_or(Fault::has_acted) {
                self.acts[call as usize].fetch_add(1, Ordering::Relaxed);
            }
            if fault.is_some_and(Fault::ends_connection) {
                self.ended.fetch_add(1, Ordering::Relaxed);
            }
            if !answer(&mut socket, call, fault).await? {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn count(counters: &[AtomicU32], call: u32) -> u32 {
    let counter = counters.get(call as usize);
    counter.map_or(0, |counter| counter.load(Ordering::Relaxed))
}

/// The number in the path of the next request; none where the connection ends.
async fn next_call(socket: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<Option<u32>> {
    loop {
        if let Some(head) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&received[..head]).to_lowercase();
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let end = head + 4 + length.unwrap_or(0);
            if received.len() >= end {
                received.drain(..end);
                return Ok(text
                    .split('/')
                    .nth(2)
                    .and_then(|number| number.parse().ok()));
            }
        }
        if socket.read_buf(received).await? == 0 {
            return Ok(None);
        }
    }
}

/// Gives whether the connection goes on.
async fn answer(socket: &mut TcpStream, call: u32, fault: Option<Fault>) -> io::Result<bool> {
    let (status, headers) = match fault {
        Some(Fault::Close) => return Ok(false),
        Some(Fault::Failed) => (500, ""),
        Some(Fault::Unavailable) => (503, ""),
        Some(Fault::TooMany) => (429, "retry-after-ms: 5\r\n"),
        Some(Fault::ComeBack) => (503, "retry-after: 0\r\n"),
        Some(Fault::Late) => {
            tokio::time::sleep(Duration::from_millis(20)).await;
            (200, "")
        }
        Some(Fault::Cut) | None => (200, ""),
    };
    let body = if status == 200 {
        format!(
            r#"{{"success":true,"errors":[],"messages":[],"result":{{"id":"{call}","client_id":"c","client_secret":"s"}}}}"#
        )
    } else {
        r#"{"success":false,"errors":[],"messages":[]}"#.to_owned()
    };
    let length = body.len();
    let mut text = format!(
        "HTTP/1.1 {status} Soaked\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    );
    if fault == Some(Fault::Cut) {
        text.truncate(text.len() - length / 2);
    }
    socket.write_all(text.as_bytes()).await?;
    Ok(fault != Some(Fault::Cut))
}
