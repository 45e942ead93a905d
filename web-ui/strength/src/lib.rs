//! The estimate of a password that the page shows while somebody types: the server's own, as WebAssembly.
//!
//! `web-ui/src/strength/estimator.mjs` is the other half, `build.sh` makes what it loads.

// The server's very file, so that both say the same. It may use nothing but `zxcvbn` and `zeroize`.
#[path = "../../../api/src/password/estimate.rs"]
mod estimate;
mod exports;
