public import LinekeeperCore
import LinekeeperProto
public import LinekeeperRPC

/// Why a number does not do what it should: a checklist, and what the hot calls refused of it.
public struct DiagnosisService: Sendable {
    private let context: ServiceContext
    private let refusals: RefusalMemory
    private let carriers: CarrierTasks

    /// - Parameters:
    ///   - refusals: What the hot calls write to.
    ///   - carriers: Where a carrier is asked about a number.
    public init(context: ServiceContext, refusals: RefusalMemory, carriers: CarrierTasks) {
        self.context = context
        self.refusals = refusals
        self.carriers = carriers
    }

    /// Adds `AssignmentService/DiagnoseNumber`.
    public func register(in methods: inout MethodTable) {
        let service = self
        methods.inquiry(
            "/linekeeper.v1.AssignmentService/DiagnoseNumber", role: .viewer, context: context
        ) {
            $0.workspaceID
        } _: {
            (request: Proto.DiagnoseNumberRequest, workspace)
                async throws(DomainError) -> Proto.DiagnoseNumberResponse in
            try await service.diagnose(request, in: workspace)
        }
    }

    private func diagnose(
        _ request: Proto.DiagnoseNumberRequest, in workspace: WorkspaceKey
    ) async throws(DomainError) -> Proto.DiagnoseNumberResponse {
        guard let use: Profile = try FieldChecks.value(request.use, field: "use") else {
            throw DomainError(
                .invalidArgument, "use must be INBOUND, OUTBOUND or SMS.", field: "use")
        }
        let id = try FieldChecks.numberID(request.numberID)
        let answer = request.askCarrier ? try await ask(about: id, in: workspace) : .notAsked
        let service = self
        return try await context.store.read { reader throws(DomainError) in
            guard let record = try reader.numberRecord(id, in: workspace) else {
                throw NumberRules.notFound
            }
            let checks = try service.checks(of: record, for: use, answer, reader, in: workspace)
            return .with {
                $0.number = Proto.PhoneNumber(record)
                $0.checks = checks.map(Proto.DiagnosisCheck.init)
                $0.ok = checks.isGood
                $0.refusals = service.refusals.refusals(of: id).map(Proto.Refusal.init)
            }
        }
    }

    private func ask(
        about id: NumberID, in workspace: WorkspaceKey
    ) async throws(DomainError) -> Diagnosis.CarrierAnswer {
        let record = try await context.store.read { reader throws(DomainError) in
            try reader.numberRecord(id, in: workspace)
        }
        guard let record, record.status.isLive else { return .notAsked }
        return await carriers.answer(about: record, in: workspace)
    }

    private func checks(
        of record: NumberRecord, for use: Profile, _ answer: Diagnosis.CarrierAnswer,
        _ reader: any StoreReader, in workspace: WorkspaceKey
    ) throws(DomainError) -> [DiagnosisCheck] {
        let routes = context.store.routes
        guard let facts = routes.workspace(workspace) else { throw WorkspaceChanges.notFound }
        guard let number = routes.number(record.id, in: workspace) else {
            return Diagnosis.checks(ofGone: record.status)
        }
        let credits = try reader.creditSummary(of: workspace)
        return Diagnosis(
            number: number, workspace: facts,
            connection: try connection(of: record, reader, in: workspace),
            credits: Diagnosis.Credits(
                monthlyCost: record.monthlyCostCredits, balance: credits?.balance ?? 0),
            carrier: answer,
            knows: { agent in
                AgentID(agent.idText).flatMap { routes.agent($0, in: workspace) } != nil
            }
        ).checks(for: use)
    }

    private func connection(
        of record: NumberRecord, _ reader: any StoreReader, in workspace: WorkspaceKey
    ) throws(DomainError) -> Diagnosis.Connection {
        guard let id = record.connection else {
            return record.origin == .imported ? .missing : .platform
        }
        guard let connection = try reader.connectionRecord(id, in: workspace) else {
            return .missing
        }
        return .present(name: connection.name, connection.status)
    }
}

extension Proto.DiagnosisCheck {
    fileprivate init(_ check: DiagnosisCheck) {
        self.init()
        self.check = check.kind.rawValue
        result = Proto.CheckResult(check.result)
        message = check.finding
        remedy = check.remedy
    }
}

extension Proto.Refusal {
    fileprivate init(_ refusal: RefusalMemory.Refusal) {
        self.init()
        reason = refusal.reason.rawValue
        use = Proto.DiagnosisUse(refusal.use)
        lastAt = Proto.Timestamp(refusal.lastAt)
        count = refusal.count
    }
}
