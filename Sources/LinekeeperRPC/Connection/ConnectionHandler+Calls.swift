import LinekeeperProto
import Logging
import NIOCore

// Requests.
extension ConnectionHandler {
    /// Answers nearly every call: inline, from a connection that said Hello, with nothing of its own.
    ///
    /// Returns `false`, and has done nothing, when this is another kind of call.
    func received(_ request: PlainRequest, of method: Int, now: NIODeadline) -> Bool {
        guard let greetedRights, hot.admits(method, rights: greetedRights) else { return false }
        switch state.requestReceived(callID: request.callID, now: now) {
        case .dispatch: answer(method, request.payload, of: nil, callID: request.callID)
        case .ignore: break
        case .goAway(let status): giveUp(status)
        }
        return true
    }

    /// Hands a request to its method, or refuses it.
    func received(
        _ request: FrameRequest, callID: UInt64, frame: RawSpan, now: NIODeadline
    ) {
        switch state.requestReceived(callID: callID, now: now) {
        case .dispatch: break
        case .ignore: return
        case .goAway(let status):
            giveUp(status)
            return
        }
        guard let number = hot.index.number(of: request) else {
            refuse(callID, .unknownMethod(request.method), loop.ids.id(of: request))
            return
        }
        if FrameScan.hasZeroByteInMetadata(frame) {
            refuse(callID, .metadataMalformed, loop.ids.make())
            return
        }
        let method = core.methods.methods[number]
        if let status = refusal(of: request, access: method.access, path: method.path) {
            refuse(callID, status, loop.ids.id(of: request))
            return
        }
        if case .inline = method.body {
            loop.inlineCall.identify(caller)
            answer(number, request.payload, of: request, callID: callID)
            greet()
        } else {
            start(method, request, callID: callID, now: now)
        }
    }

    /// Makes whoever said Hello the caller of the inline calls that follow, unless his token has been
    /// revoked.
    func greet() {
        guard let greeted, !greeted.isRevoked else {
            greetedRights = nil
            return
        }
        greetedRights = greeted.rights
        loop.inlineCall.identify(greeted)
    }

    private func answer(
        _ number: Int, _ payload: FrameBytes, of request: FrameRequest?, callID: UInt64
    ) {
        inlineCalls += 1
        loop.inlineCall.begin(payload, of: request)
        switch hot.answer(number, loop.inlineCall) {
        case .message(let message): write(message, callID: callID)
        case .payload(let payload): write(payload, .response, callID: callID)
        case .packed(let reply): write(reply, callID: callID)
        case .refusal(let status): refuse(callID, status, loop.inlineCall.id)
        case nil: break
        }
    }

    /// Finds out who calls, as ``caller``, and whether he may.
    private func refusal(of request: FrameRequest, access: Access, path: String) -> Status? {
        let shown = request.metadata.isEmpty ? greeting : authorization(of: request.metadata)
        caller = if case .success(let identity)? = shown { identity } else { .anonymous }
        return access.refusal(for: shown, method: path)
    }

    /// What the call itself presents, or else the connection's Hello.
    private func authorization(of metadata: FrameMetadata) -> Result<Identity, Status>? {
        if let presented, metadata.holds(presented.authorization, for: "authorization") == true {
            return .success(presented.identity)
        }
        switch metadata.value(of: "authorization") {
        case .absent:
            return greeting
        case .malformed:
            return .failure(.metadataMalformed)
        case .text(let text):
            let result = core.authenticator.authenticate(text)
            if case .success(let identity) = result { presented = (text, identity) }
            return result
        }
    }
}

// Calls that do not end at once.
extension ConnectionHandler {
    private func start(
        _ method: MethodTable.Method, _ request: FrameRequest, callID: UInt64, now: NIODeadline
    ) {
        let context: CallContext
        switch makeContext(method, request, now: now) {
        case .success(let made):
            context = made
        case .failure(let status):
            refuse(callID, status, loop.ids.id(of: request))
            return
        }
        guard state.admit(callID: callID, requestID: context.id, deadline: context.deadline) else {
            refuse(
                callID, .tooManyCallsInFlight(limit: core.limits.callsInFlightMax), context.id)
            return
        }
        core.counters.started()
        armTimer(context.deadline)
        if core.logsCalls {
            core.logger.debug(
                "call started",
                metadata: [
                    "method": "\(context.method)", "request_id": "\(context.requestID)",
                    "subject": "\(context.identity.subject)", "peer": "\(context.peer)",
                ])
        }
        let payload = request.payload.copy()
        let responder = Responder(
            port: port, connection: number, callID: callID, requestID: context.id)
        switch method.body {
        case .inline:
            break
        case .deferred(let start):
            start(context, payload, responder)
        case .unary(let body):
            run(callID, responder, gate: nil) { () async throws(Status) in
                try await body(context, payload)
            }
        case .stream(let body):
            let gate = StreamGate()
            let writer = StreamWriter(
                gate: gate, port: port, connection: number, callID: callID)
            run(callID, responder, gate: gate) { () async throws(Status) in
                try await body(context, payload, writer)
                return []
            }
        }
    }

    /// Has the server run a call's body as one of its tasks.
    private func run(
        _ callID: UInt64, _ responder: Responder, gate: StreamGate?,
        _ body: @escaping @Sendable () async throws(Status) -> [UInt8]
    ) {
        let call = RunningCall(gate: gate)
        running[callID] = call
        let isTaken = core.jobs.add {
            var result: Result<[UInt8], Status> = .failure(.cancelledByCaller)
            await call.run {
                do throws(Status) {
                    result = .success(try await body())
                } catch {
                    result = .failure(error)
                }
            }
            responder.finish(result)
        }
        if !isTaken { responder.finish(.failure(.draining)) }
    }

    private func makeContext(
        _ method: MethodTable.Method, _ request: FrameRequest, now: NIODeadline
    ) -> Result<CallContext, Status> {
        var idempotencyKey: String?
        var userAgent = greetingUserAgent
        let metadata = request.metadata
        if !metadata.isEmpty {
            switch metadata.value(of: "idempotency-key") {
            case .absent: break
            case .text(let text): idempotencyKey = text
            // A key that cannot be read must not be taken for none: the call could be done twice.
            case .malformed: return .failure(.metadataMalformed)
            }
            if case .text(let text) = metadata.value(of: "user-agent") { userAgent = text }
        }
        return .success(
            CallContext(
                identity: caller, method: method.path, id: loop.ids.id(of: request),
                idempotencyKey: idempotencyKey, deadline: deadline(of: request, method, now: now),
                userAgent: userAgent, peer: peer))
    }

    private func deadline(
        of request: FrameRequest, _ method: MethodTable.Method, now: NIODeadline
    ) -> NIODeadline {
        let milliseconds = request.timeoutMilliseconds
        if milliseconds > 0 { return now + .milliseconds(Int64(milliseconds)) }
        if case .stream = method.body { return .distantFuture }
        return now + core.defaultTimeout
    }
}

// Ends of calls.
extension ConnectionHandler {
    /// Takes what a call's work has produced; returns whether a flush must follow.
    func take(_ delivery: Delivery) -> Bool {
        switch delivery.content {
        case .end(let result):
            core.counters.ended()
            running[delivery.callID] = nil
            guard state.callEnded(callID: delivery.callID) == .respond else { break }
            switch result {
            case .success(let payload): write(payload, .response, callID: delivery.callID)
            case .failure(let status): write(status, callID: delivery.callID)
            }
        case .item(let payload, let gate):
            if state.isOpen(callID: delivery.callID) {
                write(payload, .item, callID: delivery.callID)
            }
            gate.written(
                byteCount: payload.count, isWritable: context?.channel.isWritable ?? false)
        }
        guard !isTouched else { return false }
        isTouched = true
        return true
    }

    /// Stops all work of this connection.
    func cancelAll(_ status: Status) {
        for call in running.values { call.cancel(status) }
    }

    /// Sees to it that a call is ended at its deadline.
    private func armTimer(_ deadline: NIODeadline) {
        guard deadline < timerDeadline ?? .distantFuture else { return }
        timerDeadline = deadline
        do {
            try port.eventLoop.scheduleCallback(
                at: deadline, handler: DeadlineTimer(self, eventLoop: port.eventLoop))
        } catch {
            // The loop is shutting down, and the connection with it.
            core.logger.debug("no timer", metadata: ["error": "\(error)"])
        }
    }

    fileprivate func deadlinePassed() {
        timerDeadline = nil
        for late in state.deadlinesPassed(now: .now()) {
            refuse(late.callID, .deadlineExceeded, late.requestID)
            running[late.callID]?.cancel(.deadlineExceeded)
        }
        flushDeliveries()
        if let next = state.nextDeadline { armTimer(next) }
    }
}

/// Wakes a connection when a call runs out of time; does not keep a closed one in memory.
private struct DeadlineTimer: NIOScheduledCallbackHandler, Sendable {
    private struct Weak {
        weak var connection: ConnectionHandler?
    }

    private let weak: NIOLoopBound<Weak>

    init(_ connection: ConnectionHandler, eventLoop: any EventLoop) {
        weak = NIOLoopBound(Weak(connection: connection), eventLoop: eventLoop)
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        weak.value.connection?.deadlinePassed()
    }
}
