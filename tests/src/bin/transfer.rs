//! What moving data takes: `transfer 1024` moves as many MiB down and up over loopback and prints by how much the
//! process grew. Growth beyond 32 MiB is a failure: with a body in memory, there would be far more.

use std::error::Error;
use std::process::ExitCode;

use generated::{ByteStream, Client, Credentials, Method};
use tests::memory::{peak, resident};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const MIB: u64 = 1024 * 1024;

/// In KiB.
const MOST_GROWTH: u64 = 32 * 1024;

#[allow(clippy::print_stderr, reason = "the error")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mebibytes = std::env::args().nth(1).and_then(|it| it.parse().ok());
    match run(mebibytes.unwrap_or(64) * MIB).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

#[allow(clippy::print_stdout, reason = "the result")]
async fn run(length: u64) -> Result<bool, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(serve(socket, length));
        }
    });
    let client = Client::builder()
        .base_url(base_url)
        .credentials(Credentials::api_token("t"))
        .build()?;
    let folder = tempfile::tempdir()?;
    // What every process grows by once: connection, threads, buffers.
    client.request(Method::GET, "/warm").send_raw().await?;
    let before = resident()?;
    let path = folder.path().join("content");
    let download = client.request(Method::GET, "/content").download().await?;
    let down = download.to_file(&path).await?;
    let after_down = peak()?.saturating_sub(before);
    println!("down: {down} bytes, grew by {after_down} KiB");
    let call = client.request(Method::PUT, "/content");
    let call = call.body_bytes("application/octet-stream", ByteStream::from_path(&path));
    let up: u64 = call.send_raw().await?.text().parse()?;
    let after_up = peak()?.saturating_sub(before);
    println!("up: {up} bytes, grew by {after_up} KiB");
    Ok(down == length && up == length && after_up < MOST_GROWTH)
}

/// Answers one request: a GET of `/content` with that many bytes, a PUT with how many came.
async fn serve(mut socket: TcpStream, length: u64) -> std::io::Result<()> {
    let piece = vec![7; 64 * 1024];
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if socket.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    if head.starts_with(b"PUT") {
        return count(socket, head).await;
    }
    let length = if head.starts_with(b"GET /content") {
        length
    } else {
        0
    };
    let answer =
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    socket.write_all(answer.as_bytes()).await?;
    for _ in 0..length / piece.len() as u64 {
        socket.write_all(&piece).await?;
    }
    socket.shutdown().await
}

async fn count(mut socket: TcpStream, head: Vec<u8>) -> std::io::Result<()> {
    let text = String::from_utf8_lossy(&head).to_lowercase();
    let (text, begun) = text.split_once("\r\n\r\n").unwrap_or_default();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let length: u64 = length.unwrap_or(0);
    let mut came = begun.len() as u64;
    let mut piece = vec![0; 64 * 1024];
    while came < length {
        match socket.read(&mut piece).await? {
            0 => return Ok(()),
            more => came += more as u64,
        }
    }
    let body = came.to_string();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(answer.as_bytes()).await?;
    socket.shutdown().await
}
