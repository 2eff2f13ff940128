import LinekeeperProto
import NIOCore

// Calls.
extension ClientConnection {
    /// Sends a call, which ``hasRoom`` has found room for; returns its number, or `nil` when it
    /// could not be sent and has been ended.
    func start(_ call: ClientCall, now: NIODeadline) -> UInt64? {
        switch call.kind {
        case .ping:
            return startPing(call, now: now)
        case .unary(let method, let payload, let metadata):
            return send(call, .unary, method, payload, metadata, now: now)
        case .stream(_, let method, let payload, let metadata):
            return send(call, .stream, method, payload, metadata, now: now)
        }
    }

    private func startPing(_ call: ClientCall, now: NIODeadline) -> UInt64? {
        guard let token = state.startPing(now: now) else {
            endpoint.finish(call, .failure(CallFailure(status: .goneAway, fate: .notAccepted)))
            return nil
        }
        pings[token] = call
        encodeArena.reset()
        write(FrameEncoder(arena: encodeArena).ping(token: token))
        takeHeldRead()
        return token
    }

    private func send(
        _ call: ClientCall, _ kind: ClientConnectionState.Kind, _ method: String,
        _ payload: [UInt8], _ metadata: [CallOptions.Metadata], now: NIODeadline
    ) -> UInt64? {
        guard let callID = state.start(kind, now: now) else {
            endpoint.finish(call, .failure(CallFailure(status: .goneAway, fate: .notAccepted)))
            return nil
        }
        encodeArena.reset()
        let frame = FrameEncoder(arena: encodeArena).request(
            callID: callID, method: method, payload: payload,
            timeoutMilliseconds: call.timeoutMilliseconds(now: now),
            metadata: metadata.map { ($0.key, $0.value) })
        let limit = configuration.requestFrameBytesMax
        let byteCount = (frame?.count ?? payload.count) - FrameDecoder.prefixByteCount
        guard let frame, byteCount <= limit else {
            state.withdraw(callID)
            endpoint.finish(
                call,
                .failure(
                    CallFailure(status: .requestTooLarge(byteCount, limit: limit), fate: .final)))
            return nil
        }
        calls[callID] = call
        write(frame)
        takeHeldRead()
        return callID
    }

    /// The caller of a call or ping gave up; the endpoint has told it so.
    func abandon(_ call: ClientCall, number: UInt64, now: NIODeadline) {
        if case .ping = call.kind {
            pings[number] = nil
            state.abandonPing(number)
            return
        }
        calls[number] = nil
        if state.abandon(number, now: now) == .sendCancel { sendCancel(number) }
        closeIfFinished()
        takeHeldRead()
    }

    /// The reader of a stream has caught up.
    func streamCaughtUp(_ callID: UInt64) {
        state.setStream(callID, isFull: false)
        takeHeldRead()
    }

    func sendCancel(_ callID: UInt64) {
        encodeArena.reset()
        write(FrameEncoder(arena: encodeArena).cancel(callID: callID))
    }

    func finish(_ callID: UInt64, _ result: Result<[UInt8], CallFailure>) {
        guard let call = calls.removeValue(forKey: callID) else { return }
        endpoint.finish(call, result)
    }
}

extension ClientCall {
    /// What is left of the caller's time, for the server; 0 is without end.
    fileprivate func timeoutMilliseconds(now: NIODeadline) -> UInt32 {
        guard let deadline else { return 0 }
        let milliseconds = max((deadline - now).nanoseconds, 0) / 1_000_000
        return UInt32(clamping: max(milliseconds, 1))
    }
}
