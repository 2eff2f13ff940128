import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    /// The span in which renewals count as due: as long as the longest month, since an allowance
    /// comes once a month.
    private static let renewalsSpanSeconds: Int64 = 31 * 86_400

    func registerCredits(in methods: inout MethodTable) {
        let tokens = context.pageTokens
        let clock = context.clock
        methods.query(Self.path + "GetCredits", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (_: Proto.GetCreditsRequest, reader, workspace)
                throws(DomainError) -> Proto.GetCreditsResponse in
            let end = clock.now.adding(seconds: Self.renewalsSpanSeconds)
            guard let summary = try reader.creditSummary(of: workspace, dueBefore: end) else {
                throw WorkspaceChanges.notFound
            }
            return .with {
                $0.balance = summary.balance
                $0.monthlyAllowanceCredits = summary.monthlyAllowance
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
