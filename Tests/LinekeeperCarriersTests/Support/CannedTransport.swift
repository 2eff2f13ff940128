import LinekeeperCore
import Logging
import Synchronization

@testable import LinekeeperCarriers

/// A carrier whose answers a test has written down, and which keeps what it was asked.
final class CannedTransport: HTTPTransport {
    /// The answers to one method and place, in turn; the last one is given again and again.
    ///
    /// A key is a method, a host and a path without its query:
    /// `GET api.twilio.com/2010-04-01/Accounts.json`.
    typealias Answers = [String: [HTTPOutcome]]

    private struct State {
        var answers: Answers
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ answers: Answers) { state = Mutex(State(answers: answers)) }

    /// Everything that was asked, in the order in which it was.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// What was asked, as text: method, URL, headers that matter, body.
    var transcript: [String] { requests.map(CannedTransport.text) }

    /// Methods and places without queries.
    var places: [String] { requests.map(CannedTransport.place) }

    /// Only what changes something.
    var changes: [String] {
        requests.filter { !$0.method.isRead }.map(CannedTransport.text)
    }

    func send(_ request: HTTPRequest) async -> HTTPOutcome {
        state.withLock { state in
            state.requests.append(request)
            let place = CannedTransport.place(request)
            guard var answers = state.answers[place], let first = answers.first else {
                return .unknown(HTTPFailure(.refused, "nothing is canned for \(place)"))
            }
            if answers.count > 1 {
                answers.removeFirst()
                state.answers[place] = answers
            }
            return first
        }
    }

    private static func place(_ request: HTTPRequest) -> String {
        let place = request.url.prefix { $0 != "?" }.replacing("https://", with: "")
        return "\(request.method.rawValue) \(place)"
    }

    private static func text(_ request: HTTPRequest) -> String {
        var text = "\(request.method.rawValue) \(request.url)"
        for name in ["Host", "Authorization", "Content-Type"] {
            if let value = request.headers[name] { text += "\n\(name): \(value)" }
        }
        if let body = request.body { text += "\n\n" + String(decoding: body, as: UTF8.self) }
        return text
    }
}

extension HTTPOutcome {
    /// An answer with a body of JSON.
    static func json(_ status: Int, _ body: String) -> HTTPOutcome {
        .response(
            HTTPResponse(
                status: status, headers: ["Content-Type": "application/json"],
                body: Array(body.utf8)))
    }

    static func status(_ status: Int) -> HTTPOutcome {
        .response(HTTPResponse(status: status))
    }
}

extension CarrierLimits {
    /// One try, so that no test waits.
    static var once: CarrierLimits {
        var limits = CarrierLimits()
        limits.triesMax = 1
        limits.failuresMax = 1_000_000
        return limits
    }
}

let quietLogger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

extension PurchaseOutcome {
    var refusal: PurchaseRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var owned: CarrierNumber? { if case .owned(let number) = self { number } else { nil } }
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
    var notSent: DomainError? { if case .notSent(let error) = self { error } else { nil } }
    var pendingID: String? { if case .pending(let id) = self { id } else { nil } }
}

extension PurchaseFinding {
    var refusal: PurchaseRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var owned: CarrierNumber? { if case .owned(let number) = self { number } else { nil } }
}

/// A number that a test means.
func e164(_ text: String) throws -> E164 { try E164(text, field: "number") }
