/// Telnyx's front door: whose key it is, and what is asked.
enum Telnyx {
    static func answer(_ received: Received, in world: inout World) -> Reply {
        var reply: Reply
        do throws(Refusal) {
            reply = try handle(received.request, id: received.id, in: &world)
        } catch {
            reply = error.reply
        }
        reply = reply.adding("x-request-id", received.id)
        guard !reply.headers.contains(where: { $0.name == "x-ratelimit-limit" }) else {
            return reply
        }
        return reply.adding("x-ratelimit-limit", "1000").adding("x-ratelimit-remaining", "999")
            .adding("x-ratelimit-reset", "1")
    }

    private static func handle(
        _ request: Request, id: String, in world: inout World
    ) throws(Refusal) -> Reply {
        // Without the header the resource is said not to exist.
        guard request.header("authorization") != nil else { throw TelnyxError.notFound.refusal }
        guard let (account, credential) = authenticated(request, in: world) else {
            throw TelnyxError.unauthenticated.refusal
        }
        guard account.status == .active else { throw TelnyxError.suspended.refusal }
        switch RouteMatch.find(request.method, request.path, in: routes) {
        case .none: throw TelnyxError.notFound.refusal
        case .otherMethod:
            throw TelnyxError(405, "10018", "Method not allowed", "This method is not supported.")
                .refusal
        case .route(let route, let parameters):
            let call = Call(
                request: request, parameters: parameters, account: account,
                credential: credential, region: .us1, requestID: id)
            return try route.handler(&world, call)
        }
    }

    /// A bearer key.
    static func authenticated(
        _ request: Request, in world: World
    ) -> (account: Account, credential: Credential)? {
        guard let header = request.header("authorization"),
            header.lowercased().hasPrefix("bearer ")
        else { return nil }
        let key = header.dropFirst(7).trimmingPrefix(" ")
        for account in world.accounts.values where account.carrier == .telnyx {
            if let credential = account.credentials.first(where: { $0.secret == key }) {
                return (account, credential)
            }
        }
        return nil
    }

    static let routes: [Route] =
        searchRoutes + coverageRoutes + orderRoutes + subOrderRoutes + reservationRoutes
        + numberRoutes + settingsRoutes + applicationRoutes + profileRoutes + requirementRoutes
}

extension Call {
    /// The first value of `filter[name]`.
    func filter(_ name: String) -> String? { filters(name).first }

    /// All values of `filter[name]`, of `filter[name][]`, and between commas.
    func filters(_ name: String) -> [String] {
        let key = "filter[\(name)]"
        return request.query
            .filter { $0.name == key || $0.name.hasPrefix(key + "[") && $0.name.hasSuffix("]") }
            .filter { parameter in
                let index = parameter.name.dropFirst(key.count).dropFirst().dropLast()
                return index.allSatisfy(\.isASCIIDigit)
            }
            .flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    /// The body, which must be a JSON object.
    func object() throws(Refusal) -> JSON {
        guard let body = JSON(parsing: request.body), case .object = body else {
            throw TelnyxError(400, "10015", "Bad Request", "The body is not a JSON object.").refusal
        }
        return body
    }
}

extension NumberType {
    /// As in Telnyx's filters and answers.
    var telnyx: String { self == .tollFree ? "toll_free" : rawValue }

    /// The word that an owned number bears just after it was bought.
    var telnyxLegacy: String { self == .tollFree ? "tollfree" : "longcode" }

    init?(telnyx: String) {
        guard let type = Self.allCases.first(where: { $0.telnyx == telnyx }) else { return nil }
        self = type
    }
}

/// The pages of a list: `page[number]` from 1, `page[size]`.
enum TelnyxPage {
    private static let sizeMax = 250
    /// Nothing has so many pages; larger numbers are read as this one.
    private static let pageMax = 1_000_000

    static func reply<Item>(
        _ call: Call, _ items: [Item], sizeDefault: Int = 20, describe: (Item) -> JSON
    ) -> Reply {
        let size = min(
            max(1, Int(call.request.query("page[size]") ?? "") ?? sizeDefault), sizeMax)
        let page = min(max(1, Int(call.request.query("page[number]") ?? "") ?? 1), pageMax)
        let start = min((page - 1) * size, items.count)
        return .json(
            200,
            [
                "data": .array(items[start...].prefix(size).map(describe)),
                "meta": [
                    "page_number": .int(page), "page_size": .int(size),
                    "total_pages": .int((items.count + size - 1) / size),
                    "total_results": .int(items.count),
                ],
            ])
    }
}
