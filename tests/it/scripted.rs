//! A loopback server that does one thing to every request, down to the bytes, and counts what reached it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use generated::{Client, Credentials};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};

use crate::received::read_request;

/// What is done to a request.
#[derive(Clone, Debug)]
pub(crate) enum Wire {
    /// Nobody listens.
    Refused,
    /// These bytes, then the connection is reset.
    Reset(Vec<u8>),
    /// These bytes, then nothing, with the connection open.
    Stall(Vec<u8>),
    /// A whole answer: status and headers, and the body.
    Answer(String, Vec<u8>),
}

/// A server that does the same to every request.
pub(crate) struct Scripted {
    pub(crate) base_url: String,
    reached: Arc<AtomicUsize>,
    /// Keeps the port of a server that refuses connections.
    _silent: Option<TcpSocket>,
}

impl Scripted {
    pub(crate) async fn start(wire: Wire) -> Self {
        // Bound at once, so that no other server gets the port of one that doesn't listen.
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let base_url = format!("http://{}", socket.local_addr().unwrap());
        let reached = Arc::<AtomicUsize>::default();
        if matches!(wire, Wire::Refused) {
            return Self {
                base_url,
                reached,
                _silent: Some(socket),
            };
        }
        let listener = socket.listen(64).unwrap();
        let counter = Arc::clone(&reached);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(play(socket, wire.clone(), Arc::clone(&counter)));
            }
        });
        Self {
            base_url,
            reached,
            _silent: None,
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::builder()
            .base_url(&self.base_url)
            .credentials(Credentials::api_token("test-token"))
            .attempt_timeout(Duration::from_secs(1))
            .build()
            .unwrap()
    }

    /// How many requests came.
    pub(crate) fn reached(&self) -> usize {
        self.reached.load(Ordering::SeqCst)
    }
}

async fn play(mut socket: TcpStream, wire: Wire, reached: Arc<AtomicUsize>) {
    if read_request(&mut socket).await.is_none() {
        return;
    }
    reached.fetch_add(1, Ordering::SeqCst);
    let reset = matches!(wire, Wire::Reset(_));
    let (bytes, then) = match wire {
        Wire::Refused => return,
        Wire::Reset(bytes) => (bytes, Duration::from_millis(100)),
        Wire::Stall(bytes) => (bytes, Duration::from_secs(60)),
        Wire::Answer(head, body) => {
            let head = format!(
                "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            ([head.as_bytes(), &body].concat(), Duration::ZERO)
        }
    };
    let _ = socket.write_all(&bytes).await;
    let _ = socket.flush().await;
    tokio::time::sleep(then).await;
    if reset {
        // Without lingering, the kernel sends RST instead of FIN.
        let _ = socket.set_zero_linger();
    }
}
