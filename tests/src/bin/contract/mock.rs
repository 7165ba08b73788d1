//! The mock server: installed once, started for a document, ended when it goes out of scope.

use std::error::Error;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::examples::readable;

const PACKAGE: &str = "@stoplight/prism-cli@5.16.0";
/// Below the scratch folder, after npm has installed it.
const PROGRAM: &str = "mock/node_modules/@stoplight/prism-cli/dist/index.js";
/// How long it may take to read a document.
const PATIENCE: Duration = Duration::from_secs(600);

/// A mock server on a port of its own.
pub(crate) struct Mock {
    server: Child,
    port: u16,
    url: String,
}

impl Mock {
    /// Starts a server for a document; it isn't ready yet.
    pub(crate) fn start(spec: &Path, scratch: &Path) -> Result<Self, Box<dyn Error>> {
        let program = scratch.join(PROGRAM);
        fs::create_dir_all(scratch.join("mock"))?;
        if !program.is_file() {
            install(&scratch.join("mock"))?;
        }
        let port = free_port()?;
        let log = File::create(scratch.join("mock.log"))?;
        let server = Command::new("node")
            .arg(program)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
            .args(["--multiprocess", "false", "--verboseLevel", "error"])
            .arg(std::path::absolute(readable(spec, scratch)?)?)
            .stdin(Stdio::null())
            .stderr(log.try_clone()?)
            .stdout(log)
            .spawn()?;
        Ok(Self {
            server,
            port,
            url: format!("http://127.0.0.1:{port}"),
        })
    }

    /// Waits until it answers.
    pub(crate) fn wait(&mut self) -> Result<(), Box<dyn Error>> {
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if began.elapsed() > PATIENCE || self.server.try_wait()?.is_some() {
                return Err(
                    "the mock server doesn't start; see mock.log in the scratch folder".into(),
                );
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn install(folder: &Path) -> Result<(), Box<dyn Error>> {
    let status = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
        .arg(folder)
        .arg(PACKAGE)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("npm can't install {PACKAGE}").into())
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
