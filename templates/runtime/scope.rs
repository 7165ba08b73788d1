//! Whose things a call is about: the front of a path.

/// A literal path and an identifier after it (`accounts` and the account's).
pub trait Scope {
    /// The literal path, without slashes at its ends.
    fn literal(&self) -> &'static str;

    /// The identifier.
    fn id(&self) -> &str;
}

/// What every identifier of a scope has.
macro_rules! scope_id {
    ($name:ident) => {
        impl $name {
            /// Takes the identifier.
            #[inline]
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The identifier.
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, formatter)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(id: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(Self(id.to_owned()))
            }
        }

        impl ::std::convert::From<&$name> for $name {
            #[inline]
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl $crate::runtime::value::Value for $name {
            #[inline]
            fn slot(&mut self) -> $crate::runtime::value::Slot<'_> {
                $crate::runtime::value::Slot::Text(&mut self.0)
            }

            #[inline]
            fn get(&self) -> $crate::runtime::value::Get<'_> {
                $crate::runtime::value::Get::Text(&self.0)
            }
        }
    };
}

pub(crate) use scope_id;
