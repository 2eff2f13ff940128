public import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerCredits(in methods: inout MethodTable) {
        let tokens = context.pageTokens
        methods.query(Self.path + "GetCredits", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (_: Proto.GetCreditsRequest, reader, workspace)
                throws(DomainError) -> Proto.GetCreditsResponse in
            guard let summary = try reader.creditSummary(of: workspace) else {
                throw WorkspaceChanges.notFound
            }
            return .with {
                $0.balance = summary.balance
                $0.monthlyAllowanceCredits = summary.monthlyAllowance
                $0.nextAllowanceAt = Proto.Timestamp(summary.nextAllowanceAt)
                $0.renewalsDueCredits = summary.renewalsDue
                $0.shortfallCredits = summary.shortfall
            }
        }

        methods.query(Self.path + "ListCreditEntries", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListCreditEntriesRequest, reader, workspace)
                throws(DomainError) -> Proto.ListCreditEntriesResponse in
            let page = try tokens.page(of: request, in: workspace)
            let range = try ReadTimeRange(request.range, field: "range")
            let found = try reader.creditEntries(
                of: workspace, from: range.from, until: range.until, page: page)
            return .with {
                $0.entries = found.rows.map(Proto.CreditEntry.init)
                $0.nextPageToken = tokens.token(after: found.next, of: request, in: workspace)
            }
        }
    }
}

extension NumberService {
    /// Grants the allowances and takes the renewals whose time has come.
    ///
    /// - Returns: how many of each there were.
    /// - Throws: what the store refuses; what was done before stays done.
    public func settleMonth() async throws(DomainError) -> (allowances: Int, renewals: Int) {
        // Allowances first: they pay for renewals of the same moment.
        let allowances = try await settle(upTo: Allowances.dueMax, Allowances.grantDue)
        let renewals = try await settle(upTo: Renewals.dueMax, Renewals.takeDue)
        return (allowances, renewals)
    }

    /// Runs a step in one commit after the other until less than a whole commit is due.
    private func settle(
        upTo most: Int,
        _ step:
            @escaping @Sendable (() -> CreditEntryID, any StoreWriter) throws(DomainError) -> Int
    ) async throws(DomainError) -> Int {
        let context = context
        var total = 0
        while true {
            let request = MutationRequest(
                workspace: nil, actor: "linekeeperd", requestID: "settle_month",
                at: context.clock.now)
            let answer = try await context.store.perform(request) { writer throws(DomainError) in
                let count = try step(
                    { context.identifiers.make(CreditEntryKind.self, at: writer.request.at) },
                    writer)
                return [UInt8(clamping: count)]
            }
            let count = Int(answer.first ?? 0)
            total += count
            if count < most { return total }
        }
    }
}

extension Proto.CreditEntry {
    /// A ledger entry as it is shown.
    init(_ entry: CreditEntry) {
        self.init()
        entryID = entry.id.description
        at = Proto.Timestamp(entry.at)
        credits = entry.credits
        balanceAfter = entry.balanceAfter
        kind = entry.kind
        note = entry.note
        numberID = entry.number?.description ?? ""
        orderID = entry.orderID
    }
}
