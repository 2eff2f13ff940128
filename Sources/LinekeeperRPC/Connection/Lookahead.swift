import LinekeeperProto

/// Has inline methods prepare for the calls of a read (``Foresight``). One for each event loop.
///
/// It keeps what it has read of each call, so that nobody reads it again.
final class Lookahead {
    /// A call that was looked at; valid as long as the bytes of its read.
    struct Call {
        /// Where its frame begins, behind the prefix.
        fileprivate let start: Int
        let request: PlainRequest
        /// The method's number.
        let method: Int
        fileprivate var state: UInt64
    }

    /// More calls than this have their memory asked for too early: it is gone again when they are
    /// answered.
    private static let callsMax = 16

    /// In the order of the read.
    private var calls: [Call] = []
    private var taken = 0

    init() { calls.reserveCapacity(Self.callsMax) }

    /// Prepares for the calls from `offset` on; returns where those end that were looked at.
    ///
    /// - Parameter call: The loop's, which knows the caller.
    func look(
        at bytes: borrowing RawSpan, from offset: Int, _ hot: borrowing ServedMethods.Hot,
        _ call: InlineCall
    ) -> Int {
        forget()
        // In a variable of its own: each use of a property is checked against others at run time.
        var calls: [Call] = []
        swap(&calls, &self.calls)
        defer { swap(&calls, &self.calls) }
        var end = offset
        var waiting = 0
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
            if state != 0 { waiting += 1 }
            calls.append(Call(start: start, request: request, method: method, state: state))
        }
        // One call alone waits no less for being asked twice.
        guard waiting > 1 else { return end }
        for step in 0..<Self.stepsMax where waiting > 0 {
            for index in calls.indices where calls[index].state != 0 {
                calls[index].state = hot.foresee(calls[index].method, calls[index].state, step)
                if calls[index].state == 0 { waiting -= 1 }
            }
        }
        return end
    }

    /// The call whose frame begins at `start`, if it is the next that was looked at.
    func take(at start: Int) -> Call? {
        guard taken < calls.count, calls[taken].start == start else { return nil }
        taken += 1
        return calls[taken - 1]
    }

    /// Forgets the calls of a read that is over.
    func forget() {
        calls.removeAll(keepingCapacity: true)
        taken = 0
    }

    /// What no method needs: a bound for those that never end.
    private static let stepsMax = 16
}
