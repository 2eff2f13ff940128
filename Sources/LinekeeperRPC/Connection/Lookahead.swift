import LinekeeperProto

/// Has inline methods prepare for the calls of a read (``Foresight``). One for each event loop.
final class Lookahead {
    private struct Call {
        let method: Int
        var state: UInt64
    }

    /// More calls than this have their memory asked for too early: it is gone again when they are
    /// answered.
    private static let callsMax = 16

    private var calls: [Call] = []

    init() { calls.reserveCapacity(Self.callsMax) }

    /// Prepares for the calls from `offset` on; returns where those end that were looked at.
    ///
    /// - Parameter call: The loop's, which knows the caller.
    func look(
        at bytes: borrowing RawSpan, from offset: Int, _ hot: borrowing ServedMethods.Hot,
        _ call: InlineCall
    ) -> Int {
        calls.removeAll(keepingCapacity: true)
        var end = offset
        for _ in 0..<Self.callsMax {
            guard let count = FrameDecoder.announcedByteCount(in: bytes, at: end) else { break }
            let start = end + FrameDecoder.prefixByteCount
            guard count > 0, bytes.byteCount - start >= count else { break }
            end = start + count
            guard let request = PlainRequest(bytes.extracting(start..<end)),
                let method = hot.index.number(of: request)
            else { continue }
            call.begin(request.payload, of: nil)
            let state = hot.foresee(method, call)
            if state != 0 { calls.append(Call(method: method, state: state)) }
        }
        // One call alone waits no less for being asked twice.
        guard calls.count > 1 else { return end }
        var step = 0
        while !calls.isEmpty, step < Self.stepsMax {
            var isOver = true
            for index in calls.indices where calls[index].state != 0 {
                calls[index].state = hot.foresee(calls[index].method, calls[index].state, step)
                if calls[index].state != 0 { isOver = false }
            }
            if isOver { break }
            step += 1
        }
        return end
    }

    /// What no method needs: a bound for those that never end.
    private static let stepsMax = 16
}
