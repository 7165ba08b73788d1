//! What models, unions and enums of strings have in place of derives: lines that forward to what is shared.

/// `Debug`, `PartialEq` and serde's traits of a value that can be made empty.
macro_rules! forwards {
    ($name:ident) => {
        $crate::runtime::forwards::forwards!(@of [] $name);
    };
    (@of [$($bounds:tt)*] $name:ty) => {
        impl<$($bounds)*> ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ($crate::runtime::show::DEBUG)(self, formatter)
            }
        }

        impl<$($bounds)*> ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                ($crate::runtime::show::EQUAL)(self, other)
            }
        }

        impl<$($bounds)*> ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::encode::serialize(
                    $crate::runtime::value::Value::get(self),
                    serializer,
                )
            }
        }

        impl<'de, $($bounds)*> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::decode::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use forwards;
