import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension AdminService {
    /// Credits in one grant, either way.
    private static let grantMax: Int64 = 1_000_000_000_000

    func registerCredits(in methods: inout MethodTable) {
        let context = context
        methods.platformMutation(Self.path + "GrantCredits", context: context) {
            (request: Proto.GrantCreditsRequest, writer, _)
                throws(DomainError) -> Proto.GrantCreditsResponse in
            let workspace = try WorkspaceChanges.existing(
                try workspaceID(request.workspaceID), in: writer)
            guard (-Self.grantMax...Self.grantMax).contains(request.credits) else {
                throw DomainError(
                    .invalidArgument, "credits must be within \(Self.grantMax) either way.",
                    field: "credits")
            }
            let id = context.identifiers.make(CreditEntryKind.self, at: writer.request.at)
            let balance = try Ledger.append(
                NewCreditEntry(
                    id: id, workspace: workspace.key, credits: request.credits, kind: .grant,
                    note: try PlainText.checked(request.note, field: "note", length: 0...200)),
                through: writer)
            if request.credits > 0 { try Renewals.retry(in: workspace.key, through: writer) }
            try writer.append(
                NewEvent(
                    "credits.granted", workspace: workspace.key,
                    detailsJSON: JSON.object([
                        ("credits", .integer(request.credits)), ("balance", .integer(balance)),
                        ("entry_id", .string(id.description)),
                    ]).text))
            return .with {
                $0.balance = balance
                $0.entryID = id.description
            }
        }
        registerPrices(in: &methods)
    }

    private func registerPrices(in methods: inout MethodTable) {
        let context = context
        methods.platformQuery(Self.path + "ListPrices", context: context) {
            (request: Proto.ListPricesRequest, reader)
                throws(DomainError) -> Proto.ListPricesResponse in
            let page = try reader.prices(page: try context.pageTokens.page(of: request, in: nil))
            return .with {
                $0.prices = page.rows.map { Proto.Price($0) }
                $0.nextPageToken = context.pageTokens.token(
                    after: page.next, of: request, in: nil)
            }
        }

        methods.platformMutation(Self.path + "SetPrice", context: context) {
            (request: Proto.SetPriceRequest, writer, _)
                throws(DomainError) -> Proto.SetPriceResponse in
            let wire = request.price ?? Proto.Price()
            guard (0...Self.grantMax).contains(wire.monthlyCostCredits) else {
                throw DomainError(
                    .invalidArgument, "monthly_cost_credits must be 0 to \(Self.grantMax).",
                    field: "price.monthly_cost_credits")
            }
            let price = Price(
                countryCode: try Country.code(wire.countryCode, field: "price.country_code"),
                type: try numberType(wire.type, field: "price.type"),
                monthlyCostCredits: wire.monthlyCostCredits, updatedAt: writer.request.at)
            let before = try writer.price(countryCode: price.countryCode, type: price.type)
            try writer.setPrice(price)
            try writer.append(priceEvent("price.set", price, before: before))
            return .with { $0.price = Proto.Price(price) }
        }

        methods.platformMutation(Self.path + "DeletePrice", context: context) {
            (request: Proto.DeletePriceRequest, writer, _)
                throws(DomainError) -> Proto.DeletePriceResponse in
            let country = try Country.code(request.countryCode, field: "country_code")
            let type = try numberType(request.type, field: "type")
            guard let price = try writer.price(countryCode: country, type: type) else {
                throw DomainError(
                    .priceNotFound, "The price list has no such entry: list the prices.")
            }
            _ = try writer.deletePrice(countryCode: country, type: type)
            try writer.append(priceEvent("price.deleted", price, before: price))
            return Proto.DeletePriceResponse()
        }
    }
}

private func numberType(
    _ wire: Proto.NumberType, field: String
) throws(DomainError) -> NumberType {
    guard let type = try FieldChecks.value(wire, as: NumberType.self, field: field) else {
        throw DomainError(
            .invalidArgument, "\(field) must be LOCAL, NATIONAL, MOBILE or TOLL_FREE.",
            field: field)
    }
    return type
}

private func priceEvent(_ action: String, _ price: Price, before: Price?) -> NewEvent {
    NewEvent(
        action, workspace: nil,
        detailsJSON: JSON.object([
            ("country_code", .string(price.countryCode)),
            ("type", .integer(Int64(price.type.rawValue))),
            ("before", before.map { .integer($0.monthlyCostCredits) } ?? .null),
            ("monthly_cost_credits", .integer(price.monthlyCostCredits)),
        ]).text)
}

extension Proto.Price {
    init(_ price: Price) {
        self.init()
        countryCode = price.countryCode
        type = Proto.NumberType(price.type)
        monthlyCostCredits = price.monthlyCostCredits
        updatedAt = Proto.Timestamp(price.updatedAt)
    }
}
