//! What every call stands on: values, requests, answers, errors.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    unused_macros,
    reason = "a service uses some of the runtime, rarely all of it"
)]

pub(crate) mod authorization;
pub(crate) mod base64_text;
pub(crate) mod base_url;
#[cfg(all(feature = "blocking", not(target_family = "wasm")))]
pub(crate) mod blocking;
#[cfg(all(feature = "blocking", feature = "streams", not(target_family = "wasm")))]
pub(crate) mod blocking_streams;
pub(crate) mod body;
pub(crate) mod byte_stream;
pub(crate) mod call;
pub(crate) mod call_body;
pub(crate) mod call_future;
pub(crate) mod candidates;
pub(crate) mod client;
pub(crate) mod clock;
pub(crate) mod clone;
pub(crate) mod credentials;
pub(crate) mod decimal;
pub(crate) mod decode;
pub(crate) mod decode_envelope;
pub(crate) mod decode_model;
pub(crate) mod decode_union;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod disk;
pub(crate) mod download;
pub(crate) mod encode;
pub(crate) mod error;
#[cfg(feature = "streams")]
pub(crate) mod event_parser;
#[cfg(feature = "streams")]
pub(crate) mod event_stream;
#[cfg(feature = "streams")]
pub(crate) mod event_values;
pub(crate) mod exchange;
pub(crate) mod failure;
#[cfg(feature = "test-util")]
pub(crate) mod faults;
#[cfg(target_family = "wasm")]
pub(crate) mod fetch_transport;
pub(crate) mod forwards;
pub(crate) mod headers;
pub(crate) mod http_date;
pub(crate) mod idempotency;
pub(crate) mod json_lines;
#[cfg(feature = "test-util")]
pub(crate) mod json_tree;
#[cfg(feature = "test-util")]
pub(crate) mod known_secrets;
pub(crate) mod layer;
#[cfg(feature = "streams")]
pub(crate) mod line_splitter;
#[cfg(feature = "streams")]
pub(crate) mod line_stream;
pub(crate) mod links;
#[cfg(feature = "test-util")]
pub(crate) mod matching;
pub(crate) mod model;
pub(crate) mod multipart;
pub(crate) mod nullable;
pub(crate) mod operation;
pub(crate) mod page_facts;
pub(crate) mod page_stream;
pub(crate) mod page_turn;
pub(crate) mod pager;
pub(crate) mod paging;
pub(crate) mod part;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod partial_file;
#[cfg(feature = "test-util")]
pub(crate) mod passing;
pub(crate) mod percent;
pub(crate) mod pointer;
pub(crate) mod prepare;
pub(crate) mod query_pairs;
pub(crate) mod rate_limit;
pub(crate) mod rate_limit_headers;
pub(crate) mod read;
#[cfg(feature = "test-util")]
pub(crate) mod recorded_body;
#[cfg(feature = "test-util")]
pub(crate) mod recorder;
#[cfg(feature = "test-util")]
pub(crate) mod recording;
#[cfg(feature = "test-util")]
pub(crate) mod redaction;
#[cfg(feature = "test-util")]
pub(crate) mod replay;
pub(crate) mod request;
pub(crate) mod request_body;
pub(crate) mod request_builder;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod reqwest_transport;
pub(crate) mod response;
pub(crate) mod resumption;
pub(crate) mod retry;
pub(crate) mod retry_budget;
pub(crate) mod scope;
pub(crate) mod secret;
pub(crate) mod send;
pub(crate) mod service;
pub(crate) mod service_error;
pub(crate) mod service_message;
pub(crate) mod show;
pub(crate) mod spelled;
pub(crate) mod streamed;
pub(crate) mod string_enum;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod trace;
pub(crate) mod transfer;
pub(crate) mod transport;
pub(crate) mod turns;
pub(crate) mod union;
pub(crate) mod uri;
pub(crate) mod value;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};
pub use serde_json::Value as JsonValue;

pub use base64_text::Base64;
#[cfg(all(feature = "blocking", not(target_family = "wasm")))]
pub use blocking::BlockingIter;
pub use byte_stream::ByteStream;
pub use call_future::CallFuture;
pub use client::{Client, ClientBuilder};
pub use credentials::Credentials;
pub use download::{Download, Progress};
pub use encode::Exposed;
pub use error::Error;
#[cfg(feature = "streams")]
pub use event_stream::{EventStream, ServerSentEvent};
#[cfg(feature = "streams")]
pub use event_values::EventValues;
pub use failure::{MaybeSent, NotSent, Unreadable};
#[cfg(feature = "test-util")]
pub use faults::{Fault, Faults, FaultyTransport};
#[cfg(target_family = "wasm")]
pub use fetch_transport::FetchTransport;
pub use layer::{Attempt, CallLayer, CallOutcome, CallOutcomeFuture, OutgoingCall};
#[cfg(feature = "streams")]
pub use line_stream::LineStream;
pub use nullable::Nullable;
pub use page_stream::{ItemStream, PageStream};
pub use paging::Paged;
pub use part::Part;
#[cfg(feature = "test-util")]
pub use recorder::{Recorder, RecordingTransport};
#[cfg(feature = "test-util")]
pub use replay::Replay;
pub use request::Request;
pub use request_body::RequestBody;
pub use request_builder::RequestBuilder;
#[cfg(not(target_family = "wasm"))]
pub use reqwest_transport::ReqwestTransport;
pub use response::{RawResponse, Response};
pub use secret::Secret;
pub use service_error::ServiceError;
pub use service_message::ServiceMessage;
pub use streamed::{InEvents, InLines};
pub use time::{Date, Timestamp};
pub use transport::{ResponseBody, Transport, TransportError, TransportFuture};

/// What emitted files use.
pub(crate) mod emitted {
    pub(crate) use std::collections::BTreeMap;

    pub(crate) use bytes::Bytes;
    pub(crate) use http::Method as HttpMethod;
    pub(crate) use serde_json::Value as JsonValue;

    pub(crate) use super::base64_text::Base64;
    pub(crate) use super::byte_stream::ByteStream;
    pub(crate) use super::call::Call;
    pub(crate) use super::client::{Client, ClientBuilder};
    pub(crate) use super::credentials::Credentials;
    pub(crate) use super::decimal::Decimal;
    pub(crate) use super::error::Error;
    pub(crate) use super::model::{Field, Model, ModelShape, model};
    pub(crate) use super::nullable::Nullable;
    pub(crate) use super::operation::{Answer, Need, Operation, Retry, Style};
    pub(crate) use super::paging::{NextPage, Paged, PagingScheme};
    pub(crate) use super::part::Part;
    #[cfg(feature = "test-util")]
    pub(crate) use super::recorder::Recorder;
    #[cfg(feature = "test-util")]
    pub(crate) use super::replay::Replay;
    pub(crate) use super::request_builder::{RequestBuilder, multipart};
    pub(crate) use super::scope::{Scope, scope_id};
    pub(crate) use super::secret::Secret;
    pub(crate) use super::service::{
        CredentialKind, CredentialPart, CredentialPlace, Envelope, ErrorShape, SecretNames, Service,
    };
    pub(crate) use super::streamed::{InEvents, InLines};
    pub(crate) use super::string_enum::{StringEnum, string_enum};
    pub(crate) use super::time::{Date, Timestamp};
    pub(crate) use super::union::{Union, Variants, union};
    pub(crate) use super::value::{Get, Getter, MapGet, MapSlot, Slot, Value};
}
