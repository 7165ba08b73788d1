//! A loopback service that gives one answer to everything, on a thread of its own, without allocating once it serves.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const BODY: &str = r#"{"success":true,"errors":[],"messages":[],"result":{"id":"f174e90a-fafe-4643-bbbc-4a0ed4fc8415","name":"CI/CD token","client_id":"88bf3b6d86161464f6509f7219099e57.access.example.com","client_secret":"bdd31cbc4dec990953e39163fbbb194c93313ca9f0a6e420346af9d326b1d2a5","duration":"60m","enabled":true,"created_at":"2026-01-01T05:20:00Z","updated_at":"2026-01-01T05:20:00Z","expires_at":"2027-01-01T05:20:00Z"}}"#;

/// Gives the base URL.
pub fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || serve(socket, answer.as_bytes()));
        }
    });
    Ok(base_url)
}

fn serve(mut socket: TcpStream, answer: &[u8]) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut received = [0; 16 * 1024];
    let mut length = 0;
    loop {
        match socket.read(&mut received[length..])? {
            0 => return Ok(()),
            more => length += more,
        }
        // Bodies are JSON objects without others in them, and nothing else has a brace.
        if received[..length].ends_with(b"}") {
            length = 0;
            socket.write_all(answer)?;
        }
    }
}
