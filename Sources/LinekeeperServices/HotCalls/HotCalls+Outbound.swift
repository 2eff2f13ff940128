import Glibc
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

/// How a question about one number ends.
enum SenderVerdict {
    case granted(PackedReply)
    case refused(SenderRefusal)
}

/// Why a number may not be used, with what the refusal says besides.
struct SenderRefusal {
    var reason: DomainError.Reason
    /// `nil` for a number that is not there, or another workspace's.
    var id: NumberID?
    var agentID = ""
    var isLocked = false
}

extension HotCalls {
    /// A request whose fields are what they should be.
    private struct OutboundCall {
        let question: OutboundQuestion
        let to: E164
        let workspace: WorkspaceKey
        let arena: Arena
    }

    /// May this call start, and from which number?
    func authorizeOutbound(_ call: borrowing InlineCall) -> InlineAnswer {
        let question: OutboundQuestion
        do throws(MalformedMessage) {
            question = try OutboundQuestion(call)
        } catch { return malformed(error, Proto.AuthorizeOutboundRequest.self) }

        guard let to = E164(question.to) else { return invalid("to_e164") }
        let workspace: WorkspaceKey
        switch self.workspace(question.workspaceID, for: call.identity) {
        case .success(let key): workspace = key
        case .failure(let error): return .refusal(Status(error))
        }
        if let refusal = tooLong(agentID: question.agentID) { return refusal }
        let outbound = OutboundCall(
            question: question, to: to, workspace: workspace, arena: call.arena)
        if !question.from.isEmpty {
            guard let from = E164(question.from) else { return invalid("from_e164") }
            return answer(verdict(on: from, outbound), from, outbound)
        }
        guard !question.agentID.isEmpty else {
            return .refusal(
                Status(
                    DomainError(
                        .invalidArgument, "Set agent_id or from_e164.", field: "agent_id")))
        }
        if let probable = routes.probableNumber(
            of: .outbound, question.agentID.bytes, in: workspace),
            case .granted(let reply) = verdict(on: probable, outbound)
        {
            return .packed(reply)
        }
        switch number(of: .outbound, question.agentID, in: workspace) {
        case .success(let number):
            return answer(verdict(on: number, outbound), number, outbound)
        case .failure(let refusal):
            return refuse(
                refusal.reason, use: .outbound, number: nil, id: nil, workspace: workspace,
                agentID: String(decoding: question.agentID, as: UTF8.self))
        }
    }

    private func answer(
        _ verdict: SenderVerdict, _ number: E164, _ call: OutboundCall
    ) -> InlineAnswer {
        switch verdict {
        case .granted(let reply): .packed(reply)
        case .refused(let refusal):
            refuse(
                refusal.reason, use: .outbound, number: number, id: refusal.id,
                workspace: call.workspace, agentID: refusal.agentID, isLocked: refusal.isLocked)
        }
    }

    private func verdict(on number: E164, _ call: OutboundCall) -> SenderVerdict {
        var verdict = SenderVerdict.refused(SenderRefusal(reason: .numberNotFound))
        _ = withNumber(number) { facts in
            guard facts.pointee.workspace == call.workspace else { return }
            // While the number stands still: read one after the other, a workspace from before its
            // lock and a number from after its release to calls would make a grant that was never
            // due.
            let limits =
                routes.outboundLimits(of: call.workspace, from: number, to: call.to)
                ?? OutboundLimits(isLocked: true, allowsDestination: false)
            let agent = facts.pointee.outbound?.agent
            var reason = facts.outboundRefusal(to: call.to, limits: limits)
            if reason != .outboundDisabled, !call.question.agentID.isEmpty, let agent,
                !agent.isNamed(call.question.agentID)
            {
                reason = .noOutboundNumber
            }
            if let reason {
                verdict = .refused(
                    SenderRefusal(
                        reason: reason, id: facts.pointee.id,
                        agentID: facts.pointee.outbound?.idText ?? "",
                        isLocked: limits.isLocked))
            } else {
                verdict = .granted(reply(number, facts, agent, call))
            }
        }
        return verdict
    }

    /// An AuthorizeOutboundResponse, written while the number's entry stands still.
    @inline(__always)
    private func reply(
        _ number: E164, _ facts: UnsafePointer<NumberFacts>, _ agent: BoundAgent?,
        _ call: OutboundCall
    ) -> PackedReply {
        var reply = FieldWriter(arena: call.arena)
        reply.identifier(1, "num_", facts.pointee.id)
        reply.e164(2, number)
        reply.varint(3, UInt32(facts.pointee.carrier.rawValue))
        if let key = facts.pointee.connection, let id = routes.connectionID(key) {
            reply.identifier(4, "con_", id)
        }
        if facts.pointee.carrier == .twilio, let region = facts.pointee.region {
            reply.text(5, region.carrierRegion)
            reply.text(6, region.edge)
        }
        let seconds = ringTimeouts.seconds(
            override: facts.pointee.ringTimeoutOverride, from: number, to: call.to)
        reply.varint(7, UInt32(seconds))
        reply.e164(8, asGiven: call.question.to)
        agent?.withText { id, _ in reply.text(9, id) }
        return PackedReply(reply.message)
    }
}

extension HotCalls {
    /// Why an agent has no number.
    struct NoNumber: Error { let reason: DomainError.Reason }

    /// The number that an agent holds.
    func number(
        of profile: Profile, _ agentID: UnsafeRawBufferPointer, in workspace: WorkspaceKey
    ) -> Result<E164, NoNumber> {
        var number: E164?
        let isKnown = routes.withAgent(agentID.bytes, in: workspace) { facts in
            number = profile == .outbound ? facts.pointee.outbound : facts.pointee.sms
        }
        guard isKnown else { return .failure(NoNumber(reason: .agentNotFound)) }
        guard let number else {
            return .failure(
                NoNumber(reason: profile == .outbound ? .noOutboundNumber : .noSmsNumber))
        }
        return .success(number)
    }
}

extension BoundAgent {
    /// Whether the agent's id is this text. An agent that was named must be the one that holds the
    /// profile: between the look-up of the agent and that of the number an assignment may have moved.
    @inline(__always)
    func isNamed(_ text: UnsafeRawBufferPointer) -> Bool {
        withText { id, _ in
            guard id.count == text.count, let own = id.baseAddress, let other = text.baseAddress
            else { return false }
            return memcmp(own, other, id.count) == 0
        }
    }
}
