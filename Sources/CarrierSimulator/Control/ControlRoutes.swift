import Foundation

/// The HTTP side of what tests can do: JSON in and out, below `/_control`, from this machine only.
///
///     GET    health
///     GET    faults                  POST faults            DELETE faults    DELETE faults/{id}
///     GET    ledger?account&operation&e164&reference
///     GET    journal?carrier&method&path&e164&account&text&after      DELETE journal
///     GET    wait?…as journal…&stage&count&timeout_ms      408 when the time is up
///     GET    accounts                POST accounts          PATCH accounts/{id}
///     POST   accounts/{id}/numbers   {"count": 10000}
///     POST   accounts/{id}/credentials
///     DELETE accounts/{id}/credentials                      DELETE accounts/{id}/credentials/{key}
///     GET    numbers?account         PATCH numbers/{e164}   DELETE numbers/{e164}
///     GET    orders?account          PATCH orders {"delay_ms": 200}
///     POST   orders/plan             {"outcome": "failure", "subject": "*", "count": 1}
///     PATCH  orders/{subject}        {"outcome": "success"}
///     POST   clock                   {"advance_ms": 60000}
struct ControlRoute: Sendable {
    typealias Handler = @Sendable (inout World, ControlCall) throws -> Reply

    var method: String
    var template: PathTemplate
    var handler: Handler

    init(_ method: String, _ template: String, _ handler: @escaping Handler) {
        self.method = method
        self.template = PathTemplate("/_control/" + template)
        self.handler = handler
    }

    static let all: [ControlRoute] = observing + accounts + numbers + orders
}

/// A request for the control API.
struct ControlCall: Sendable {
    var request: Request
    var parameters: [String: String]

    subscript(name: String) -> String { parameters[name] ?? "" }

    /// The body as a value.
    func body<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do {
            return try ControlJSON.decoder.decode(type, from: Data(request.body))
        } catch {
            throw ControlFailure.invalid("The body is not what is expected: \(error)")
        }
    }

    /// The query as a match.
    var match: RequestMatch {
        RequestMatch(
            carrier: request.query("carrier").flatMap { SimulatedCarrier(rawValue: $0) },
            method: request.query("method"), path: request.query("path"),
            e164: request.query("e164"), account: request.query("account"),
            text: request.query("text"))
    }
}

extension Reply {
    /// An answer of the control API.
    static func control<Value: Encodable>(_ value: Value, status: Int = 200) throws -> Reply {
        Reply(
            status: status, headers: [.init(name: "Content-Type", value: "application/json")],
            body: Array(try ControlJSON.encoder.encode(value)))
    }
}

extension SharedWorld {
    /// Answers a request below `/_control`.
    func control(_ request: Request) async -> Reply {
        do {
            guard request.isLocal else {
                throw ControlFailure(
                    status: 403, description: "Only this machine controls the simulator.")
            }
            if request.path == "/_control/wait" { return try await wait(request) }
            let segments = request.path.split(separator: "/")
            for route in ControlRoute.all where route.method == request.method {
                guard let parameters = route.template.match(segments) else { continue }
                return try withLock { world in
                    world.settleOrders()
                    return try route.handler(
                        &world, ControlCall(request: request, parameters: parameters))
                }
            }
            throw ControlFailure.notFound("\(request.method) \(request.path)")
        } catch let failure as ControlFailure {
            return .json(failure.status, ["error": .string(failure.description)])
        } catch {
            return .json(500, ["error": .string("\(error)")])
        }
    }

    private func wait(_ request: Request) async throws -> Reply {
        let call = ControlCall(request: request, parameters: [:])
        guard let stage = JournalEntry.Stage(rawValue: request.query("stage") ?? "received") else {
            throw ControlFailure.invalid("stage must be received, executed or answered.")
        }
        let milliseconds = request.query("timeout_ms").flatMap { Int($0) } ?? 10_000
        let entry = try await waitForRequest(
            call.match, stage: stage, after: request.query("after").flatMap { Int($0) } ?? 0,
            count: request.query("count").flatMap { Int($0) } ?? 1,
            timeout: .milliseconds(min(max(0, milliseconds), 600_000)))
        guard let entry else {
            throw ControlFailure(status: 408, description: "No such request has come.")
        }
        return try .control(entry)
    }
}
