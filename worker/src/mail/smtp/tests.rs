//! Against a real TCP server that follows a script.
