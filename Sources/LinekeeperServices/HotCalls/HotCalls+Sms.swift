import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension HotCalls {
    /// From which number does this agent text?
    func resolveSmsSender(_ call: borrowing InlineCall) -> InlineAnswer {
        let question: SmsSenderQuestion
        do throws(MalformedMessage) {
            question = try SmsSenderQuestion(call)
        } catch { return malformed(error, Proto.ResolveSmsSenderRequest.self) }

        let workspace: WorkspaceKey
        switch self.workspace(question.workspaceID, for: call.identity) {
        case .success(let key): workspace = key
        case .failure(let error): return .refusal(Status(error))
        }
        guard !question.agentID.isEmpty else {
            return .refusal(
                Status(DomainError(.invalidArgument, "Set agent_id.", field: "agent_id")))
        }
        if let refusal = tooLong(agentID: question.agentID) { return refusal }
        let agentID = question.agentID
        let number: E164
        switch self.number(of: .sms, agentID, in: workspace) {
        case .success(let found): number = found
        case .failure(let refusal):
            return refuse(
                refusal.reason, use: .sms, number: nil, id: nil, workspace: workspace,
                agentID: String(decoding: agentID, as: UTF8.self))
        }
        switch verdict(on: number, agentID, in: workspace, call.arena) {
        case .granted(let reply): return .packed(reply)
        case .refused(let refusal):
            return refuse(
                refusal.reason, use: .sms, number: number, id: refusal.id, workspace: workspace,
                agentID: String(decoding: agentID, as: UTF8.self))
        }
    }

    private func verdict(
        on number: E164, _ agentID: UnsafeRawBufferPointer, in workspace: WorkspaceKey,
        _ arena: Arena
    ) -> SenderVerdict {
        var verdict = SenderVerdict.refused(SenderRefusal(reason: .noSmsNumber))
        _ = withNumber(number) { facts in
            guard facts.pointee.workspace == workspace else { return }
            var reason = facts.smsRefusal()
            if let agent = facts.pointee.sms?.agent, !agent.isNamed(agentID) {
                reason = .noSmsNumber
            }
            if let reason {
                verdict = .refused(SenderRefusal(reason: reason, id: facts.pointee.id))
                return
            }
            var reply = FieldWriter(arena: arena)
            reply.identifier(1, "num_", facts.pointee.id)
            reply.e164(2, number)
            reply.varint(3, UInt32(facts.pointee.carrier.rawValue))
            if let key = facts.pointee.connection, let id = routes.connectionID(key) {
                reply.identifier(4, "con_", id)
            }
            verdict = .granted(PackedReply(reply.message))
        }
        return verdict
    }
}
