import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerListing(in methods: inout MethodTable) {
        let tokens = context.pageTokens
        let context = context
        methods.query(Self.path + "ListNumbers", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListNumbersRequest, reader, workspace)
                throws(DomainError) -> Proto.ListNumbersResponse in
            let page = try tokens.page(of: request, in: workspace)
            let found = try reader.numbers(
                of: workspace, matching: try NumberFilter(request.filter),
                by: try NumberOrder(request.orderBy), page: page)
            var response = Proto.ListNumbersResponse()
            response.numbers = found.rows.map(Proto.PhoneNumber.init)
            response.nextPageToken = tokens.token(after: found.next, of: request, in: workspace)
            if found.rows.isEmpty, page.after == nil, !(try reader.hasNumbers(workspace)) {
                response.discovery = try context.discovery(of: workspace, reader)
            }
            return response
        }

        methods.query(Self.path + "GetNumber", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.GetNumberRequest, reader, workspace)
                throws(DomainError) -> Proto.GetNumberResponse in
            let number: NumberRecord?
            switch request.number {
            case .numberID(let text):
                number = try reader.numberRecord(try FieldChecks.numberID(text), in: workspace)
            case .e164(let text):
                number = try reader.numberRecord(try E164(text, field: "e164"), in: workspace)
            case nil:
                throw DomainError(
                    .invalidArgument, "Name the number by number_id or e164.", field: "number_id")
            }
            guard let number else { throw NumberRules.notFound }
            return .with { $0.number = Proto.PhoneNumber(number) }
        }
    }
}

extension ServiceContext {
    /// What is known of the numbers that an empty workspace could import. The first listing has its
    /// carriers looked through.
    fileprivate func discovery(
        of workspace: WorkspaceKey, _ reader: any StoreReader
    ) throws(DomainError) -> Proto.Discovery {
        if let known = try reader.discovery(of: workspace) {
            return .with {
                $0.state = known.state == .done ? .done : .checking
                $0.importableCount = UInt64(clamping: known.importableCount)
            }
        }
        let connections = try reader.connections(
            of: workspace, page: Page(size: 1_000, after: nil))
        guard connections.rows.contains(where: { $0.carrier.canBeListed }) else {
            return .with { $0.state = .done }
        }
        store.write(
            Mutation(
                request: MutationRequest(
                    workspace: workspace, actor: "linekeeperd", requestID: "discovery",
                    at: clock.now),
                body: { writer throws(DomainError) in
                    try writer.startDiscovery(of: workspace)
                    return []
                },
                // What could not be written down now is asked for by the next listing.
                completion: { _ in }))
        return .with { $0.state = .checking }
    }
}

extension NumberFilter {
    private static let textLengthMax = 100

    /// Reads a filter; absent parts are open.
    init(_ wire: Proto.NumberFilter?) throws(DomainError) {
        self.init()
        guard let wire else { return }
        carrier = try FieldChecks.value(wire.carrier, field: "filter.carrier")
        origin = try FieldChecks.value(wire.origin, field: "filter.origin")
        type = try FieldChecks.value(wire.type, field: "filter.type")
        status = try FieldChecks.value(wire.status, field: "filter.status")
        unassignedProfile = try FieldChecks.value(
            wire.unassignedProfile, field: "filter.unassigned_profile")
        if wire.capability != .unspecified {
            capability = try Proto.Capability.set([wire.capability], field: "filter.capability")
        }
        if !wire.connectionID.isEmpty {
            guard let id = ConnectionID(wire.connectionID) else {
                throw DomainError(
                    .invalidArgument, "filter.connection_id must be con_ and 32 digits.",
                    field: "filter.connection_id")
            }
            connection = id
        }
        if !wire.countryCode.isEmpty {
            countryCode = try Country.code(wire.countryCode, field: "filter.country_code")
        }
        if !wire.agentID.isEmpty {
            agent = try FieldChecks.agentID(wire.agentID, field: "filter.agent_id")
        }
        switch wire.outboundEnabled {
        case .any: break
        case .yes: outboundEnabled = true
        case .no: outboundEnabled = false
        case .unrecognized:
            throw DomainError(
                .invalidArgument, "filter.outbound_enabled must be ANY, YES or NO.",
                field: "filter.outbound_enabled")
        }
        if !wire.tag.isEmpty { tag = try TagFields.filter(wire.tag) }
        if !wire.text.isEmpty {
            text = try PlainText.checked(
                wire.text, field: "filter.text", length: 1...NumberFilter.textLengthMax)
        }
    }
}

extension NumberOrder {
    /// Reads `order_by`: a field, and behind a space `desc` or `asc`.
    init(_ text: String) throws(DomainError) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let field = text.isEmpty ? .createdAt : Field(rawValue: String(words.first ?? ""))
        let direction = words.dropFirst().first ?? "asc"
        guard let field, words.count <= 2, direction == "asc" || direction == "desc" else {
            let fields = Field.allCases.map(\.rawValue).joined(separator: ", ")
            throw DomainError(
                .invalidArgument,
                "order_by must be one of \(fields); \" desc\" behind it turns the order round.",
                field: "order_by")
        }
        self.init(by: field, descending: direction == "desc")
    }
}
