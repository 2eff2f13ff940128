import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension CarrierService {
    func registerImportable(in methods: inout MethodTable) {
        let service = self
        methods.inquiry(Self.path + "ListImportableNumbers", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListImportableNumbersRequest, workspace)
                async throws(DomainError) -> Proto.ListImportableNumbersResponse in
            try await service.importable(request, in: workspace)
        }
    }

    /// One page. Its token carries the carrier's cursor and how much of the carrier's page was shown.
    private func importable(
        _ request: Proto.ListImportableNumbersRequest, in workspace: WorkspaceKey
    ) async throws(DomainError) -> Proto.ListImportableNumbersResponse {
        let page = try context.pageTokens.page(of: request, in: workspace)
        let opened = try await connections.open(request.connectionID, in: workspace)
        let cursor = page.after?.sortValue ?? ""
        let skipped = Int(clamping: page.after?.rowKey ?? 0)
        let found = try await connections.asking(opened) { account throws(DomainError) in
            try await account.ownedNumbers(after: cursor.isEmpty ? nil : cursor)
        }
        let shown = Array(found.numbers.dropFirst(skipped).prefix(page.size))
        let end = skipped + shown.count
        var next: PagePosition?
        if end < found.numbers.count {
            next = PagePosition(sortValue: cursor, rowKey: Int64(end))
        } else if let following = found.next {
            next = PagePosition(sortValue: following, rowKey: 0)
        }
        var response = Proto.ListImportableNumbersResponse()
        let obstacles = try await connections.obstacles(of: shown, for: workspace)
        response.numbers = zip(shown, obstacles)
            .map { Proto.ImportableNumber($0, obstacle: $1) }
        if end >= found.numbers.count {
            response.numbers += found.unreadable.map { Proto.ImportableNumber(unreadable: $0) }
        }
        response.nextPageToken = context.pageTokens.token(
            after: next, of: request, in: workspace)
        return response
    }
}

extension Connections {
    /// What stands in the way of importing each of some numbers.
    func obstacles(
        of numbers: [CarrierNumber], for workspace: WorkspaceKey
    ) async throws(DomainError) -> [ImportObstacle?] {
        let routes = context.store.routes
        let now = context.clock.now
        return try await context.store.read { reader throws(DomainError) in
            var obstacles: [ImportObstacle?] = []
            for number in numbers {
                obstacles.append(
                    ImportObstacle(
                        number, for: workspace, present: routes.number(number.e164),
                        apart: try reader.quarantine(of: number.e164), at: now))
            }
            return obstacles
        }
    }
}

extension Proto.ImportableNumber {
    fileprivate init(_ number: CarrierNumber, obstacle: ImportObstacle?) {
        self.init()
        e164 = number.e164.description
        type = Proto.NumberType(number.type)
        capabilities = Proto.Capability.list(number.capabilities)
        regionLabel = number.regionLabel
        webhooks = .with {
            $0.voiceURL = number.webhooks.voice
            $0.smsURL = number.webhooks.sms
            $0.statusURL = number.webhooks.status
        }
        importable = obstacle == nil
        switch obstacle {
        case nil: break
        case .alreadyImported:
            reason = "ALREADY_IMPORTED"
            message = "\(number.e164) is in this workspace already."
        case .heldElsewhere:
            reason = "HELD_ELSEWHERE"
            message = "\(number.e164) is in use in another workspace: a number can be in one only."
        case .quarantined:
            reason = "NUMBER_QUARANTINED"
            message =
                "\(number.e164) was released a short while ago and is kept apart until late "
                + "callers have learned of it: try again tomorrow."
        case .notActive(let words):
            reason = "NOT_ACTIVE"
            message = "\(number.e164) is not active at the carrier: \(words)"
        }
    }

    /// An entry of the carrier's list that could not be read, shown so that it is not missed.
    fileprivate init(unreadable words: String) {
        self.init()
        reason = "UNREADABLE"
        message = words
    }
}
