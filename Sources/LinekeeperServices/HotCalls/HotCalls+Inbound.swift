import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension HotCalls {
    /// Why nobody answers, with what the refusal says besides.
    private struct Unanswered {
        var reason = DomainError.Reason.numberNotFound
        /// `nil` for a number that is not there, or not the caller's to see.
        var id: NumberID?
        var workspace: WorkspaceKey?
        var agentID = ""
    }

    /// A request whose fields are what they should be.
    private struct InboundCall {
        let question: InboundQuestion
        let called: E164
        let caller: E164?
        let channel: Channel
    }

    /// Who answers this number?
    func routeInbound(_ call: borrowing InlineCall) -> InlineAnswer {
        let question: InboundQuestion
        do throws(MalformedMessage) {
            question = try InboundQuestion(call)
        } catch { return malformed(error, Proto.RouteInboundRequest.self) }

        guard let called = E164(question.called) else { return invalid("called_e164") }
        let caller = E164(question.caller)
        guard caller != nil || question.caller.isEmpty else { return invalid("caller_e164") }
        guard question.forwardedFrom.isEmpty || E164(question.forwardedFrom) != nil else {
            return invalid("forwarded_from")
        }
        let channel: Channel
        switch question.channel {
        case 0, 1: channel = .voice
        case 2: channel = .sms
        default:
            return .refusal(
                Status(
                    DomainError(
                        .invalidArgument, "channel must be VOICE or SMS.", field: "channel")))
        }
        return answer(
            InboundCall(question: question, called: called, caller: caller, channel: channel),
            scope: Int64(bitPattern: call.scope), FieldWriter(arena: call.arena))
    }

    @inline(__always)
    private func answer(
        _ call: InboundCall, scope: Int64, _ reply: consuming FieldWriter
    ) -> InlineAnswer {
        var reply = reply
        var unanswered: Unanswered? = Unanswered()
        _ = withNumber(call.called) { number in
            // Another workspace's number is one that does not exist.
            guard scope == 0 || number.pointee.workspace.rawValue == scope else { return }
            switch number.inboundDecision(for: call.channel) {
            case .agent:
                write(
                    number,
                    call.channel == .voice
                        ? number.pointee.inbound?.agent : number.pointee.sms?.agent,
                    nil, call, to: &reply)
                unanswered = nil
            case .fallback:
                write(number, nil, number.pointee.extras?.fallback, call, to: &reply)
                unanswered = nil
            case .refused(let reason):
                unanswered = Unanswered(
                    reason: reason, id: number.pointee.id,
                    workspace: reason == .numberNotFound ? nil : number.pointee.workspace,
                    agentID: number.pointee.binding(for: call.channel)?.idText ?? "")
            }
        }
        guard let unanswered else { return .packed(PackedReply(reply.message)) }
        return refuse(
            unanswered.reason, use: call.channel == .voice ? .inbound : .sms, number: call.called,
            id: unanswered.id, workspace: unanswered.workspace, agentID: unanswered.agentID)
    }

    /// Writes a RouteInboundResponse, while the number's entry stands still.
    @inline(__always)
    private func write(
        _ number: UnsafePointer<NumberFacts>, _ agent: BoundAgent?, _ fallback: Fallback?,
        _ call: InboundCall, to reply: inout FieldWriter
    ) {
        reply.identifier(1, "num_", number.pointee.id)
        if let id = routes.workspaceID(number.pointee.workspace) {
            reply.identifier(2, "wsp_", id)
        }
        var action: Proto.RouteAction = .agent
        var forwardTo: E164?
        switch fallback {
        case .agent(let other): reply.agent(other.agent, id: 3, name: 4)
        case .forward(let target):
            forwardTo = target
            action = .forward
        case .reject: action = .reject
        case nil: if let agent { reply.agent(agent, id: 3, name: 4) }
        }
        if let key = number.pointee.connection, let id = routes.connectionID(key) {
            reply.identifier(5, "con_", id)
        }
        let seconds = ringTimeouts.seconds(
            override: number.pointee.ringTimeoutOverride, from: call.caller, to: call.called)
        reply.varint(6, UInt32(seconds))
        reply.varint(7, fallback == nil ? 0 : 1)
        reply.varint(8, UInt32(bitPattern: action.rawValue))
        if let forwardTo { reply.e164(9, forwardTo) }
        reply.e164(10, asGiven: call.question.called)
        reply.e164(11, asGiven: call.question.forwardedFrom)
    }
}
