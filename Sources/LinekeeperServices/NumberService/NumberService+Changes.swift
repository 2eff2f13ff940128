public import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerChanges(in methods: inout MethodTable) {
        let service = self
        methods.followedMutation(Self.path + "UpdateNumber", role: .manager, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.UpdateNumberRequest, writer, workspace)
                throws(DomainError) -> Proto.UpdateNumberResponse in
            let change = try NumberChange(request)
            if change.webhookMode == .managed { _ = try service.tasks?.webhookTargets() }
            let number = try NumberEdit.update(
                try FieldChecks.numberID(request.numberID), in: workspace, with: change,
                through: writer)
            return .with { $0.number = Proto.PhoneNumber(number) }
        } follow: {
            (request, reply, workspace) async throws(DomainError) -> Proto.UpdateNumberResponse in
            guard request.region != nil || request.webhookMode != .unspecified else {
                return reply
            }
            let after = try await service.afterCarrier(request.numberID, in: workspace)
            if let failure = after.failure { throw failure }
            return .with {
                $0.number = after.number ?? reply.number
                $0.warnings = after.remarks.map { remark in
                    .with {
                        $0.code = "WEBHOOKS_STILL_HERE"
                        $0.message = remark
                    }
                }
            }
        }

        methods.followedMutation(
            Self.path + "ReleaseNumber", role: .manager, context: context, key: .required
        ) {
            $0.workspaceID
        } _: {
            (request: Proto.ReleaseNumberRequest, writer, workspace)
                throws(DomainError) -> Proto.ReleaseNumberResponse in
            var notBefore: Timestamp?
            if let wire = request.notBefore {
                notBefore = try Timestamp(wire, field: "not_before")
            }
            let number = try NumberRelease.request(
                try FieldChecks.numberID(request.numberID), in: workspace,
                confirmation: request.confirmE164, notBefore: notBefore, through: writer)
            return .with { $0.number = Proto.PhoneNumber(number) }
        } follow: {
            (request, reply, workspace) async throws(DomainError) -> Proto.ReleaseNumberResponse in
            guard reply.number?.status == .releasing else { return reply }
            // Whatever the carrier says now, the number is on its way back and shows it.
            let after = try await service.afterCarrier(request.numberID, in: workspace)
            return .with { $0.number = after.number ?? reply.number }
        }

        methods.mutation(Self.path + "CancelRelease", role: .manager, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.CancelReleaseRequest, call)
                throws(DomainError) -> Proto.CancelReleaseResponse in
            let number = try NumberRelease.cancel(
                try FieldChecks.numberID(request.numberID), in: call.workspace,
                through: call.writer)
            return .with { $0.number = Proto.PhoneNumber(number) }
        }
    }

    /// What has become of a number that its carrier was to do something for.
    private struct AfterCarrier {
        /// As it is then; `nil` when it is gone.
        var number: Proto.PhoneNumber?
        /// Why something was not done.
        var failure: DomainError?
        /// What was done otherwise than asked for.
        var remarks: [String] = []
    }

    /// Has the carrier do what was just asked for a number.
    private func afterCarrier(
        _ text: String, in workspace: WorkspaceKey
    ) async throws(DomainError) -> AfterCarrier {
        let id = try FieldChecks.numberID(text)
        var after = AfterCarrier()
        if let tasks, let facts = context.store.routes.number(id, in: workspace) {
            for outcome in try await tasks.runAll(of: facts.key) {
                after.failure = after.failure ?? outcome.told
                if case .done(let remark?) = outcome { after.remarks.append(remark) }
            }
        }
        after.number = try await context.store.read { reader throws(DomainError) in
            try reader.numberRecord(id, in: workspace)
        }.map(Proto.PhoneNumber.init)
        return after
    }

    /// Finishes the releases whose time has come, for the server's housekeeping.
    ///
    /// - Returns: how many numbers were released; what is left when the limit of one round is
    ///   reached is done in the next.
    /// - Throws: what the store throws.
    public func releaseDue() async throws(DomainError) -> Int {
        let roundsMax = 50
        var released = 0
        for _ in 0..<roundsMax {
            let request = MutationRequest(
                workspace: nil, actor: "linekeeperd", requestID: "release_due",
                at: context.clock.now)
            let answer = try await context.store.perform(request) { writer throws(DomainError) in
                [UInt8(clamping: try NumberRelease.finishDue(through: writer))]
            }
            let count = Int(answer.first ?? 0)
            released += count
            if count < NumberRelease.dueMax { break }
        }
        return released
    }
}

extension NumberChange {
    private static let labelLengthMax = 100

    /// Reads a save.
    init(_ wire: Proto.UpdateNumberRequest) throws(DomainError) {
        self.init()
        if let text = wire.label {
            label = try PlainText.checked(
                text, field: "label", length: 0...NumberChange.labelLengthMax)
        }
        tags = try TagFields.changes(wire.tags)
        if let id = wire.region { region = try NumberChange.region(id) }
        webhookMode = try FieldChecks.value(wire.webhookMode, field: "webhook_mode")
        fallback = try NumberChange.fallback(wire.fallbackChange)
        if let seconds = wire.ringTimeoutSeconds {
            // What does not fit is out of range as well; the rule says by how much.
            ringTimeout = seconds == 0 ? .unset : .set(UInt8(clamping: seconds))
        }
        if let lines = wire.forwardedFrom {
            try FieldChecks.count(
                lines.e164s.count, field: "forwarded_from", max: NumberRules.forwardedFromMax)
            var numbers: [E164] = []
            for text in lines.e164s { numbers.append(try E164(text, field: "forwarded_from")) }
            forwardedFrom = numbers
        }
        releaseProtected = wire.releaseProtected
        if let list = wire.allowedDestinationPrefixes {
            try FieldChecks.count(
                list.prefixes.count, field: "allowed_destination_prefixes",
                max: NumberRules.prefixesMax)
            allowedDestinations = try WorkspaceRules.prefixes(
                list.prefixes, field: "allowed_destination_prefixes")
        }
        expectedVersion = wire.expectedVersion
    }

    private static func region(_ id: String) throws(DomainError) -> Setting<RegionID> {
        guard !id.isEmpty else { return .unset }
        guard let region = RegionID(rawValue: id) else {
            let ids = RegionID.allCases.map(\.rawValue).joined(separator: ", ")
            throw DomainError(
                .invalidArgument, "region must be one of \(ids), or empty for the default.",
                field: "region")
        }
        return .set(region)
    }

    private static func fallback(
        _ wire: Proto.UpdateNumberRequest.FallbackChange?
    ) throws(DomainError) -> Setting<FallbackChoice>? {
        switch wire {
        case nil, .clearFallback(false): return nil
        case .clearFallback(true): return .unset
        case .fallback(let fallback):
            switch fallback.action {
            case .agentID(let id):
                return .set(.agent(try FieldChecks.agentID(id, field: "fallback.agent_id")))
            case .forwardToE164(let target):
                return .set(.forward(try E164(target, field: "fallback.forward_to_e164")))
            case .reject(true): return .set(.reject)
            case nil, .reject(false):
                throw DomainError(
                    .invalidArgument,
                    "fallback must name an agent_id, a forward_to_e164 or reject: true; "
                        + "clear_fallback takes it away.",
                    field: "fallback")
            }
        }
    }
}
