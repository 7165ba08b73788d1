//! What every builder of a call has.

/// `call!(CreateWidget => Widget)`: what the document doesn't know of, limits, and ways to send.
macro_rules! call {
    ($builder:ident => $output:ty) => {
        impl<'a> $builder<'a> {
            /// Sets a header that the document doesn't know.
            #[inline]
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.call.header_text(name, value);
                self
            }

            /// Adds a query parameter that the document doesn't know.
            #[inline]
            pub fn query(mut self, name: &str, value: &str) -> Self {
                self.call.query_text(name, value);
                self
            }

            /// Sets a body field that the document doesn't know: `name`, `outer.inner`, or a JSON pointer
            /// (RFC 6901). A value with a secret in it has to be wrapped in `Exposed`.
            #[inline]
            pub fn body_field(mut self, path: &str, value: impl $crate::runtime::emitted::Serialize) -> Self {
                self.call.merge_body(path, $crate::runtime::emitted::to_json(&value));
                self
            }

            /// Sends these bytes as the body, whatever else was set for it: for media types that the document
            /// gives beside the one this call is made for, or doesn't know.
            #[inline]
            pub fn body_bytes(mut self, media_type: &str, bytes: impl Into<$crate::runtime::emitted::Bytes>) -> Self {
                self.call.replace_body(media_type, bytes.into());
                self
            }

            /// How long the call may take with all attempts and the waits between them,
            /// instead of the client's limit.
            #[inline]
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.call.timeout(timeout);
                self
            }

            /// How often the request is sent again at most, instead of the client's limit.
            /// What may be sent again at all depends on the operation.
            #[inline]
            pub fn max_retries(mut self, max_retries: u32) -> Self {
                self.call.max_retries(max_retries);
                self
            }

            /// Sends it and gives the value with status, headers, request id and raw body.
            #[inline]
            pub fn with_response(
                self,
            ) -> $crate::runtime::emitted::CallFuture<'a, $crate::runtime::emitted::Response<$output>> {
                self.call.response()
            }

            /// Sends it and gives the answer as it is; any status is `Ok`.
            #[inline]
            pub fn send_raw(
                self,
            ) -> $crate::runtime::emitted::CallFuture<'a, $crate::runtime::emitted::RawResponse> {
                self.call.raw()
            }
        }

        impl<'a> ::std::future::IntoFuture for $builder<'a> {
            type Output = ::std::result::Result<$output, $crate::runtime::emitted::Error>;
            type IntoFuture = $crate::runtime::emitted::CallFuture<'a, $output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.call.value()
            }
        }

        impl ::std::fmt::Debug for $builder<'_> {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.call.debug(::std::stringify!($builder), f)
            }
        }
    };
}

/// `multipart!(UploadWidget)`: what a call has beside that where its body is made of parts.
macro_rules! multipart {
    ($builder:ident) => {
        impl $builder<'_> {
            /// Adds a part that the document doesn't know, as it is: a plain field where it has no file name.
            #[inline]
            pub fn part(
                mut self,
                name: &str,
                part: impl Into<$crate::runtime::emitted::Part>,
            ) -> Self {
                self.call.named_part(name, part.into());
                self
            }
        }
    };
}

pub(crate) use {call, multipart};
