//! reset_event
