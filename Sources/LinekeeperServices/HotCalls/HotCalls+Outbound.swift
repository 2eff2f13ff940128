import CLinekeeperProto
import Glibc
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension HotCalls {
    /// What of a number's entry decides and answers an outbound question.
    private struct Sender {
        var isFound = false
        var id = NumberID(high: 0, low: 0)
        var connection: ConnectionKey?
        var carrier = Carrier.sip
        var region: RegionID?
        var ringTimeoutOverride: UInt8?
        var agentID: UnsafeMutablePointer<CChar>?
        var refusal: DomainError.Reason?
    }

    /// May this call start, and from which number?
    func authorizeOutbound(_ call: borrowing InlineCall) -> InlineAnswer {
        let request: UnsafePointer<Linekeeper__V1__AuthorizeOutboundRequest>
        do throws(MalformedMessage) {
            request = try Proto.AuthorizeOutboundRequest.codec.unpack(
                call.payload.unsafeBytes, as: Linekeeper__V1__AuthorizeOutboundRequest.self,
                arena: call.arena)
        } catch { return malformed(error, Proto.AuthorizeOutboundRequest.self) }

        guard let destination = E164(request.pointee.to_e164) else { return invalid("to_e164") }
        let workspace: WorkspaceKey
        switch self.workspace(request.pointee.workspace_id, for: call.identity) {
        case .success(let key): workspace = key
        case .failure(let error): return .refusal(Status(error))
        }
        let agent = UnsafePointer<CChar>(request.pointee.agent_id)
        let hasAgent = agent?.pointee != 0
        if let agent, let refusal = tooLong(agentID: agent) { return refusal }
        let sender: E164
        if request.pointee.from_e164.pointee != 0 {
            guard let from = E164(request.pointee.from_e164) else { return invalid("from_e164") }
            sender = from
        } else {
            guard hasAgent, let agent else {
                return .refusal(
                    Status(
                        DomainError(
                            .invalidArgument, "Set agent_id or from_e164.", field: "agent_id")))
            }
            switch number(of: .outbound, agent, in: workspace) {
            case .success(let number): sender = number
            case .failure(let refusal):
                return refuse(
                    refusal.reason, use: .outbound, number: nil, id: nil, workspace: workspace,
                    agentID: String(cString: agent))
            }
        }
        return authorize(
            from: sender, to: destination, agent: hasAgent ? agent : nil, in: workspace,
            ArenaText(arena: call.arena))
    }

    private func authorize(
        from number: E164, to destination: E164, agent: UnsafePointer<CChar>?,
        in workspace: WorkspaceKey, _ text: ArenaText
    ) -> InlineAnswer {
        var limits = OutboundLimits(isLocked: true, allowsDestination: false)
        var sender = Sender()
        _ = routes.withNumber(number) { facts in
            guard facts.workspace == workspace else { return }
            // While the number stands still: read one after the other, a workspace from before its
            // lock and a number from after its release to calls would make a grant that was never
            // due.
            _ = routes.withWorkspace(workspace) { facts in
                limits = facts.outboundLimits(from: number, to: destination)
            }
            sender.refusal = facts.outboundRefusal(to: destination, limits: limits)
            read(facts, facts.outbound, agent, orElse: .noOutboundNumber, text, into: &sender)
        }
        guard sender.isFound else {
            return refuse(
                .numberNotFound, use: .outbound, number: number, id: nil, workspace: workspace)
        }
        if let refusal = sender.refusal {
            return refuse(
                refusal, use: .outbound, number: number, id: sender.id, workspace: workspace,
                agentID: sender.agentID.map { String(cString: $0) } ?? "",
                isLocked: limits.isLocked)
        }

        let reply = text.arena.claim(MemoryLayout<Linekeeper__V1__AuthorizeOutboundResponse>.size)
            .bindMemory(to: Linekeeper__V1__AuthorizeOutboundResponse.self, capacity: 1)
        linekeeper__v1__authorize_outbound_response__init(reply)
        reply.pointee.number_id = text.identifier("num_", high: sender.id.high, low: sender.id.low)
        reply.pointee.from_e164 = text.e164(number)
        reply.pointee.to_e164 = text.e164(destination)
        reply.pointee.carrier = sender.carrier.wire
        if let connection = connectionText(sender.connection, text) {
            reply.pointee.connection_id = connection
        }
        if sender.carrier == .twilio, let region = sender.region {
            reply.pointee.region = text.text(region.carrierRegion)
            reply.pointee.edge = text.text(region.edge)
        }
        if let agentID = sender.agentID { reply.pointee.agent_id = agentID }
        reply.pointee.ring_timeout_seconds = UInt32(
            ringTimeouts.seconds(
                override: sender.ringTimeoutOverride, from: number, to: destination))
        return .message(ReplyMessage(reply))
    }

    /// From which number does this agent text?
    func resolveSmsSender(_ call: borrowing InlineCall) -> InlineAnswer {
        let request: UnsafePointer<Linekeeper__V1__ResolveSmsSenderRequest>
        do throws(MalformedMessage) {
            request = try Proto.ResolveSmsSenderRequest.codec.unpack(
                call.payload.unsafeBytes, as: Linekeeper__V1__ResolveSmsSenderRequest.self,
                arena: call.arena)
        } catch { return malformed(error, Proto.ResolveSmsSenderRequest.self) }

        let workspace: WorkspaceKey
        switch self.workspace(request.pointee.workspace_id, for: call.identity) {
        case .success(let key): workspace = key
        case .failure(let error): return .refusal(Status(error))
        }
        guard let agent = UnsafePointer<CChar>(request.pointee.agent_id), agent.pointee != 0 else {
            return .refusal(
                Status(DomainError(.invalidArgument, "Set agent_id.", field: "agent_id")))
        }
        if let refusal = tooLong(agentID: agent) { return refusal }
        let number: E164
        switch self.number(of: .sms, agent, in: workspace) {
        case .success(let found): number = found
        case .failure(let refusal):
            return refuse(
                refusal.reason, use: .sms, number: nil, id: nil, workspace: workspace,
                agentID: String(cString: agent))
        }
        let text = ArenaText(arena: call.arena)
        var sender = Sender()
        _ = routes.withNumber(number) { facts in
            guard facts.workspace == workspace else { return }
            sender.refusal = facts.smsRefusal()
            read(facts, facts.sms, agent, orElse: .noSmsNumber, text, into: &sender)
        }
        if let refusal = sender.isFound ? sender.refusal : .noSmsNumber {
            return refuse(
                refusal, use: .sms, number: number, id: sender.isFound ? sender.id : nil,
                workspace: workspace,
                agentID: String(cString: agent))
        }
        let reply = text.arena.claim(MemoryLayout<Linekeeper__V1__ResolveSmsSenderResponse>.size)
            .bindMemory(to: Linekeeper__V1__ResolveSmsSenderResponse.self, capacity: 1)
        linekeeper__v1__resolve_sms_sender_response__init(reply)
        reply.pointee.number_id = text.identifier("num_", high: sender.id.high, low: sender.id.low)
        reply.pointee.from_e164 = text.e164(number)
        reply.pointee.carrier = sender.carrier.wire
        if let connection = connectionText(sender.connection, text) {
            reply.pointee.connection_id = connection
        }
        return .message(ReplyMessage(reply))
    }

    /// Why an agent has no number.
    private struct NoNumber: Error { let reason: DomainError.Reason }

    private func number(
        of profile: Profile, _ agent: UnsafePointer<CChar>, in workspace: WorkspaceKey
    ) -> Result<E164, NoNumber> {
        var number: E164?
        let bytes = UnsafeRawBufferPointer(start: agent, count: strlen(agent))
        let isKnown = routes.withAgent(bytes.bytes, in: workspace) { facts in
            number = profile == .outbound ? facts.outbound : facts.sms
        }
        guard isKnown else { return .failure(NoNumber(reason: .agentNotFound)) }
        guard let number else {
            return .failure(
                NoNumber(reason: profile == .outbound ? .noOutboundNumber : .noSmsNumber))
        }
        return .success(number)
    }

    /// Copies what the answer needs. An agent that was named must be the one that holds the profile:
    /// between the look-up of the agent and that of the number an assignment may have moved.
    private func read(
        _ number: borrowing NumberFacts, _ binding: AgentBinding?,
        _ named: UnsafePointer<CChar>?, orElse reason: DomainError.Reason, _ text: ArenaText,
        into sender: inout Sender
    ) {
        sender.isFound = true
        sender.id = number.id
        sender.connection = number.connection
        sender.carrier = number.carrier
        sender.region = number.region
        sender.ringTimeoutOverride = number.ringTimeoutOverride
        guard let binding else { return }
        let id = text.agent(binding).id
        sender.agentID = id
        if let named, sender.refusal != .outboundDisabled, strcmp(named, id) != 0 {
            sender.refusal = reason
        }
    }

    private func connectionText(
        _ key: ConnectionKey?, _ text: ArenaText
    ) -> UnsafeMutablePointer<CChar>? {
        guard let key else { return nil }
        var result: UnsafeMutablePointer<CChar>?
        _ = routes.withConnection(key) { connection in
            result = text.identifier("con_", high: connection.id.high, low: connection.id.low)
        }
        return result
    }
}
