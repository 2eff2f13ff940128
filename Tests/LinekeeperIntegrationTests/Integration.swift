import Testing

/// The tests of the whole: real servers, real sockets, real files.
///
/// One after the other: each keeps the machine busy by itself.
@Suite(.serialized) enum Integration {}
