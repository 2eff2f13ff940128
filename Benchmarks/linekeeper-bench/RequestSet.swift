import CBench
import LinekeeperProto

/// Digits of a request that follow the key of a call: `base + (key + skip) / divide`.
struct KeyDigits {
    /// Digits that occur once in the encoded request; they are overwritten.
    let placeholder: String
    var base: UInt64 = 0
    var skip: UInt64 = 0
    var divide: UInt64 = 1
}

/// What a load asks, encoded once and varied by a key.
///
/// Safe to hand to another thread: one run uses it at a time, and a run is a blocking call.
final class RequestSet: @unchecked Sendable {
    let handle: OpaquePointer

    enum Order {
        /// A fixed sequence that looks random.
        case random
        /// One after the other; every round over all keys takes the next template.
        case sequence
    }

    init(keys: UInt64, order: Order) {
        handle = cbench_requests_new(keys, order == .sequence)
    }

    deinit { cbench_requests_free(handle) }

    /// Adds a request; in sequence, one for the next round.
    func add(
        method: String, _ message: some ProtoMessage, digits: [KeyDigits]
    ) throws(BenchError) {
        let request = Proto.Request.with {
            $0.method = method
            $0.payload = message.encoded()
        }.encoded()
        var patches: [cbench_patch] = []
        for digit in digits {
            guard let offset = request.onlyOffset(of: Array(digit.placeholder.utf8)) else {
                throw BenchError("\(method) does not hold \(digit.placeholder) exactly once")
            }
            patches.append(
                cbench_patch(
                    offset: offset, width: UInt32(truncatingIfNeeded: digit.placeholder.utf8.count),
                    base: digit.base, skip: digit.skip, divide: digit.divide))
        }
        cbench_requests_add(handle, request, request.count, patches, patches.count)
    }

    /// The next request as it travels, for a look at what is sent.
    func nextFrame(callID: UInt64) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: cbench_requests_frame_max(handle)) { bytes, count in
            guard let start = bytes.baseAddress else { return }
            count = cbench_requests_frame(handle, callID, start)
        }
    }
}

extension [UInt8] {
    /// Where a piece is; `nil` unless it is there exactly once.
    fileprivate func onlyOffset(of piece: [UInt8]) -> Int? {
        let offsets = indices.filter { self[$0...].starts(with: piece) }
        return offsets.count == 1 ? offsets.first : nil
    }
}
