import Foundation

/// How an answer goes over the wire; faults change it from what a sound server would do.
struct Transmission: Equatable, Sendable {
    var bytes: [UInt8]
    /// The pieces it is written in; `nil`: at once.
    var drip: Drip?
    /// Whether the connection is closed afterwards.
    var closes = false

    struct Drip: Equatable, Sendable {
        var chunkBytes: Int
        var interval: Duration
    }

    /// Nothing, and the connection closed.
    static let hangUp = Transmission(bytes: [], drip: nil, closes: true)

    /// A sound answer.
    init(_ reply: Reply, declaredLength: Int? = nil) {
        let reason = Self.reasons[reply.status] ?? "Status"
        var head = "HTTP/1.1 \(reply.status) \(reason)\r\n"
        for header in reply.headers { head += "\(header.name): \(header.value)\r\n" }
        head += "Date: \(HTTPDate.text(Date()))\r\n"
        if reply.status != 204 {
            head += "Content-Length: \(declaredLength ?? reply.body.count)\r\n"
        }
        head += "Connection: keep-alive\r\n\r\n"
        bytes = Array(head.utf8) + reply.body
    }

    private init(bytes: [UInt8], drip: Drip?, closes: Bool) {
        self.bytes = bytes
        self.drip = drip
        self.closes = closes
    }

    private static let reasons: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 400: "Bad Request",
        401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict",
        413: "Content Too Large", 422: "Unprocessable Content", 429: "Too Many Requests",
        500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout",
    ]
}

/// Dates as HTTP and the carriers write them.
enum HTTPDate {
    /// RFC 2822 with a numeric zone, as in Twilio's 2010 API: "Thu, 30 Jul 2015 20:00:00 +0000".
    static func rfc2822(_ date: Date) -> String { text(date, zone: "+0000") }

    /// ISO 8601 in UTC with whole seconds: "2015-07-30T20:00:00Z".
    static func iso8601(_ date: Date) -> String {
        let part = components(date)
        return "\(pad(part.year ?? 0, 4))-\(pad(part.month ?? 0))-\(pad(part.day ?? 0))T"
            + "\(time(part))Z"
    }

    /// The form of HTTP headers.
    static func text(_ date: Date, zone: String = "GMT") -> String {
        let part = components(date)
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let weekday = weekdays[((part.weekday ?? 1) - 1) % 7]
        let month = months[((part.month ?? 1) - 1) % 12]
        return "\(weekday), \(pad(part.day ?? 0)) \(month) \(pad(part.year ?? 0, 4)) "
            + "\(time(part)) \(zone)"
    }

    private static func components(_ date: Date) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
    }

    private static func time(_ part: DateComponents) -> String {
        "\(pad(part.hour ?? 0)):\(pad(part.minute ?? 0)):\(pad(part.second ?? 0))"
    }

    private static func pad(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
