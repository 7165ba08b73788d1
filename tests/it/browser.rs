//! A Chromium without a window, spoken to over its DevTools protocol: JSON texts, each with a NUL
//! behind it, through two pipes.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// What it is called, unless `CHROMIUM` says so.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "chrome"];

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ended when dropped.
pub(crate) struct Browser {
    process: Child,
    _folder: TempDir,
    commands: File,
    messages: Receiver<Value>,
    next: u64,
    session: Value,
    /// Messages that came while an answer was waited for.
    pub(crate) events: Vec<Value>,
}

impl Browser {
    /// With an empty page; none where there is no Chromium, which is said.
    pub(crate) fn start(skipped: &str) -> Option<Self> {
        let Some(program) = program() else {
            eprintln!("skipped, for there is no Chromium: {skipped}");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let pipes = ["commands", "messages"].map(|name| folder.path().join(name));
        let made = Command::new("mkfifo").args(&pipes).status();
        assert!(made.unwrap().success());
        // A shell opens the pipes as the descriptors that Chromium takes.
        let process = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<\"$COMMANDS\" 4>\"$MESSAGES\"", "sh"])
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu"])
            .args(["--no-first-run", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", folder.path().display()))
            .env("COMMANDS", &pipes[0])
            .env("MESSAGES", &pipes[1])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let commands = OpenOptions::new().write(true).open(&pipes[0]).unwrap();
        let messages = listen(File::open(&pipes[1]).unwrap());
        let mut browser = Self {
            process,
            _folder: folder,
            commands,
            messages,
            next: 0,
            session: Value::Null,
            events: Vec::new(),
        };
        browser.open_page();
        Some(browser)
    }

    fn open_page(&mut self) {
        let page = self.ask("Target.createTarget", json!({"url": "about:blank"}));
        let target = json!({"targetId": page["targetId"], "flatten": true});
        let attached = self.ask("Target.attachToTarget", target);
        self.session = attached["sessionId"].clone();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.ask(&format!("{domain}.enable"), json!({}));
        }
    }

    /// Opens a file and waits until all of it is there.
    pub(crate) fn open(&mut self, page: &Path) {
        self.ask(
            "Page.navigate",
            json!({"url": format!("file://{}", page.display())}),
        );
        while !self
            .events
            .iter()
            .any(|one| one["method"] == "Page.loadEventFired")
        {
            let message = self.message();
            self.events.push(message);
        }
    }

    /// The value of an expression of JavaScript.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let arguments =
            json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.ask("Runtime.evaluate", arguments);
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}: {answer:#}"
        );
        answer["result"]["value"].clone()
    }

    /// What it sends for a command; whatever comes before is kept.
    fn ask(&mut self, method: &str, arguments: Value) -> Value {
        self.next += 1;
        let mut command = json!({"id": self.next, "method": method, "params": arguments});
        if !self.session.is_null() {
            command["sessionId"] = self.session.clone();
        }
        write!(self.commands, "{command}\0").unwrap();
        loop {
            let message = self.message();
            if message["id"] == self.next {
                assert!(message["error"].is_null(), "{method}: {message:#}");
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    fn message(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE);
        message.expect("Chromium answers")
    }

    /// Errors in the console, uncaught ones included.
    pub(crate) fn errors(&self) -> Vec<String> {
        let is_error = |event: &&Value| match event["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" => true,
            "Runtime.consoleAPICalled" => event["params"]["type"] == "error",
            "Log.entryAdded" => event["params"]["entry"]["level"] == "error",
            _ => false,
        };
        let errors = self.events.iter().filter(is_error);
        errors.map(Value::to_string).collect()
    }

    /// The URLs that it asked for, those which it wasn't allowed to included.
    pub(crate) fn requests(&self) -> Vec<String> {
        let requests = self.events.iter();
        let requests = requests.filter(|event| event["method"] == "Network.requestWillBeSent");
        let url = |event: &Value| {
            event["params"]["request"]["url"]
                .as_str()
                .map(str::to_owned)
        };
        requests.filter_map(url).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The pipes close with it, so that nothing waits for it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program() -> Option<PathBuf> {
    if let Some(program) = std::env::var_os("CHROMIUM") {
        return Some(program.into());
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut places = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.find(|place| place.is_file())
}

fn listen(pipe: File) -> Receiver<Value> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for message in BufReader::new(pipe).split(0) {
            let message = serde_json::from_slice(&message.unwrap()).unwrap();
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    receiver
}
