//! What differs in the text of two documents beyond what [`Api`](crate::api::Api) holds: words,
//! limits of values, examples. And the account: each place of the text that differs belongs to a
//! change, or is ignored with a reason.

mod constraints;
mod context;
mod labels;
mod leaves;
mod limits;
mod owners;
mod reach;
mod referred;
mod roles;
mod tell;
mod text;

pub(super) use self::reach::Reach;
pub(super) use self::tell::tell;
pub(super) use self::text::Text;
