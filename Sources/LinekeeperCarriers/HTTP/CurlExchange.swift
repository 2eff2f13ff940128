import CCurl

/// One exchange on an easy handle of its own, which no other exchange ever uses: nothing that an
/// account sends, its credentials first of all, can remain for the next.
///
/// Belongs to the loop's thread. libcurl holds an unowned pointer to it, so the loop keeps it until
/// the handle is out of the multi handle.
final class CurlExchange {
    let id: UInt64
    let easy: UnsafeMutableRawPointer
    private let isRead: Bool
    private let settings: CurlSettings
    private let continuation: CheckedContinuation<HTTPOutcome, Never>
    private var fields: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>

    /// libcurl was about to write the request. Set before the first byte, so while it is false no
    /// byte has left.
    private var mayHaveLeft = false
    private var headers = HTTPHeaders()
    private var headerBytes = 0
    /// The empty line after the headers came.
    private var headersAreWhole = false
    private var body: [UInt8] = []
    /// Why we broke the exchange off ourselves.
    private var refusal: HTTPFailure?

    /// Makes the handle; it is not started yet.
    ///
    /// - Throws: `refused` for a request that must not be sent; the continuation is the caller's then.
    init(_ submission: CurlSubmission, _ settings: CurlSettings) throws(HTTPFailure) {
        let url = try CarrierURL(submission.request.url)
        guard let easy = curl_easy_init() else {
            throw HTTPFailure(.busy, "There is no memory left for a request to a carrier.")
        }
        self.easy = easy
        self.settings = settings
        id = submission.id
        continuation = submission.continuation
        isRead = submission.request.method.isRead
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try configure(submission.request, url)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(fields)
        errorText.deallocate()
    }

    /// Answers whoever waits. To be called once.
    func finish(_ outcome: HTTPOutcome) { continuation.resume(returning: outcome) }

    /// What a failure means: whether the request may have left decides.
    func outcome(_ failure: HTTPFailure) -> HTTPOutcome {
        mayHaveLeft ? .unknown(failure) : .notSent(failure)
    }

    /// What libcurl's result means.
    func outcome(_ code: CURLcode) -> HTTPOutcome {
        if let refusal { return outcome(refusal) }
        guard code == CURLE_OK else {
            return outcome(CurlFault.failure(code, mayHaveLeft: mayHaveLeft, detail: errorText))
        }
        // libcurl is content with an answer that ends within its headers.
        guard headersAreWhole else {
            return outcome(HTTPFailure(.unreachable, "It broke the connection off."))
        }
        let status = linekeeper_curl_status(easy)
        guard (200...599).contains(status) else {
            return outcome(HTTPFailure(.unreachable, "The answer has the status \(status)."))
        }
        let response = HTTPResponse(status: status, headers: headers, body: body)
        guard isWhole(response) else {
            return outcome(HTTPFailure(.unreachable, "Its answer has not the length it tells."))
        }
        return .response(response)
    }

    /// libcurl passes over a length that it cannot read, and takes what comes.
    private func isWhole(_ response: HTTPResponse) -> Bool {
        guard response.status != 204, response.status != 304,
            response.headers["transfer-encoding"] == nil,
            let length = response.headers["content-length"]
        else { return true }
        return Int(length) == response.body.count
    }

    // MARK: Options

    private func configure(_ request: HTTPRequest, _ url: CarrierURL) throws(HTTPFailure) {
        let timeout = min(request.timeout, settings.totalTimeout)
        guard timeout >= .milliseconds(1) else {
            throw HTTPFailure(.cancelled, "The time for the request was over before it was sent.")
        }
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_PROTOCOLS_STR, url.scheme.rawValue)
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_NOSIGNAL, 1)
        // Otherwise giving up on a slow name server would hold up the thread until it answers.
        try set(CURLOPT_QUICK_EXIT, 1)
        // An empty text also keeps libcurl from reading the environment.
        try set(CURLOPT_PROXY, settings.proxy ?? "")
        try set(CURLOPT_NOPROXY, "")
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let file = settings.authorityFile {
            try set(CURLOPT_CAINFO, file)
            try check(linekeeper_curl_set_text(easy, CURLOPT_CAPATH, nil))
        }
        try set(CURLOPT_TIMEOUT_MS, milliseconds(timeout))
        try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(min(timeout, settings.connectTimeout)))
        try set(CURLOPT_LOW_SPEED_LIMIT, settings.slowBytesPerSecond)
        try set(CURLOPT_LOW_SPEED_TIME, settings.slowSeconds)
        if !request.method.isRead {
            // libcurl sends a request again, without a word, when a used connection closes before
            // the answer. A new connection is never used.
            try set(CURLOPT_FRESH_CONNECT, 1)
            try set(CURLOPT_FORBID_REUSE, 1)
        }
        try check(
            linekeeper_curl_set_callbacks(
                easy, Unmanaged.passUnretained(self).toOpaque(), receiveBody, receiveHeader,
                requestIsNext, errorText))
        try configureContent(request)
    }

    private func configureContent(_ request: HTTPRequest) throws(HTTPFailure) {
        if request.body != nil || request.method == .post {
            let body = request.body ?? []
            try check(
                body.withUnsafeBytes { linekeeper_curl_set_body(easy, $0.baseAddress, $0.count) })
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        try set(CURLOPT_USERAGENT, "linekeeper")
        // No waiting for "100 Continue": bodies are small.
        try append("Expect:")
        for field in request.headers.fields {
            guard Self.isToken(field.name), Self.isFieldValue(field.value) else {
                throw HTTPFailure(
                    .refused, "A header of the request has characters that may not be sent.")
            }
            // With a colon and nothing after it libcurl would leave the header out.
            try append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        try check(linekeeper_curl_set_headers(easy, fields))
    }

    private func append(_ line: String) throws(HTTPFailure) {
        guard let longer = curl_slist_append(fields, line) else {
            try check(CURLE_OUT_OF_MEMORY); return
        }
        fields = longer
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPFailure) {
        try check(linekeeper_curl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ text: String) throws(HTTPFailure) {
        try check(linekeeper_curl_set_text(easy, option, text))
    }

    private func check(_ code: CURLcode) throws(HTTPFailure) {
        guard code == CURLE_OK else {
            throw HTTPFailure(
                .refused, "libcurl does not take the request: \(CurlFault.text(of: code)).")
        }
    }

    private func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(min(seconds, 86_400)) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    /// RFC 9110 section 5.6.2, without the rarer signs.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func isFieldValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    // MARK: What libcurl tells

    fileprivate func requestIsAboutToLeave() { mayHaveLeft = true }

    /// - Returns: Whether to go on.
    fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= settings.bodyMax - body.count else {
            refusal = HTTPFailure(
                .answerTooLarge, "The answer is larger than \(settings.bodyMax) bytes.")
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// - Returns: Whether to go on.
    fileprivate func take(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= settings.headerMax else {
            refusal = HTTPFailure(
                .answerTooLarge,
                "The answer's headers are larger than \(settings.headerMax) bytes.")
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // What came before belonged to an interim answer.
            headers = HTTPHeaders()
            headersAreWhole = false
        } else if line == "\r\n" || line == "\n" {
            headersAreWhole = true
        } else if let colon = line.firstIndex(of: ":") {
            headers.add(trimmed(line[..<colon]), trimmed(line[line.index(after: colon)...]))
        }
        return true
    }

    private func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}

private func exchange(_ context: UnsafeMutableRawPointer) -> CurlExchange {
    Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
}

/// libcurl takes any result but the number of bytes as the wish to stop.
private let receiveBody: curl_write_callback = { bytes, size, count, context in
    guard let context else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return exchange(context).take(body: buffer) ? buffer.count : 0
}

private let receiveHeader: curl_write_callback = { bytes, size, count, context in
    guard let context else { return 0 }
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return exchange(context).take(headerLine: buffer) ? buffer.count : 0
}

/// Called when the connection stands, TLS and all, before the request is written.
private let requestIsNext: curl_prereq_callback = { context, _, _, _, _ in
    guard let context else { return CURL_PREREQFUNC_ABORT }
    exchange(context).requestIsAboutToLeave()
    return CURL_PREREQFUNC_OK
}
