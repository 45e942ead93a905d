//! What JavaScript calls. Only numbers go in and out, so that nothing here needs a pointer, and there is no `unsafe`
//! block: texts come as code points, one by one, and the answer leaves by octets. That is a few hundred calls for each
//! key that is pressed; to weigh takes longer.

#![expect(unsafe_code, reason = "an exported name is unsafe because two could be the same; these have a prefix")]

use std::cell::RefCell;

use zeroize::{Zeroize as _, Zeroizing};

use crate::estimate::estimate;

#[derive(Default)]
struct Desk {
    password: Zeroizing<String>,
    address: String,
    service: String,
    answer: String,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Adds a code point to the password (0), the address (1) or the service's name (2).
#[unsafe(no_mangle)]
extern "C" fn strength_put(field: u32, code_point: u32) {
    let c = char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER);
    DESK.with_borrow_mut(|desk| match field {
        0 => desk.password.push(c),
        1 => desk.address.push(c),
        _ => desk.service.push(c),
    });
}

/// Weighs what has been put, forgets it, and returns how many octets the answer has: the score and the reasons, parted
/// by spaces. No address counts as an unknown one.
#[unsafe(no_mangle)]
extern "C" fn strength_weigh() -> usize {
    DESK.with_borrow_mut(|desk| {
        let address = (!desk.address.is_empty()).then_some(desk.address.as_str());
        let (score, reasons) = estimate(&desk.password, address, &desk.service);
        desk.answer = [score.to_string().as_str()].into_iter().chain(reasons).collect::<Vec<_>>().join(" ");
        desk.password.zeroize();
        desk.address.clear();
        desk.service.clear();
        desk.answer.len()
    })
}

/// The octet of the answer at a place, 0 behind its end. The answer is ASCII.
#[unsafe(no_mangle)]
extern "C" fn strength_answer(at: usize) -> u32 {
    DESK.with_borrow(|desk| desk.answer.as_bytes().get(at).copied().unwrap_or_default().into())
}
