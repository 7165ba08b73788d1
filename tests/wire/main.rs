//! What goes over the socket, and what is made of what comes back, case by case of the specification.

mod answers;
mod bodies;
mod credentials;
mod oauth2;
mod parameters;
mod received;
mod recorded;
mod streams;
mod wire;
