import CCurl

/// libcurl's results in words for a person.
enum CurlFault {
    /// - Parameter detail: libcurl's own words for this failure, ended by a zero.
    static func failure(
        _ code: CURLcode, mayHaveLeft: Bool, detail: UnsafePointer<CChar>
    ) -> HTTPFailure {
        switch code {
        case CURLE_URL_MALFORMAT,
            CURLE_UNSUPPORTED_PROTOCOL where !mayHaveLeft:
            HTTPFailure(.refused, "The request's URL cannot be called: \(text(of: code)).")
        case CURLE_COULDNT_RESOLVE_HOST:
            HTTPFailure(.unreachable, "Its host name cannot be resolved.")
        case CURLE_COULDNT_RESOLVE_PROXY:
            HTTPFailure(.unreachable, "The proxy's host name cannot be resolved.")
        case CURLE_COULDNT_CONNECT:
            HTTPFailure(.unreachable, "It accepts no connection.")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            HTTPFailure(
                .unreachable, "Its certificate cannot be trusted: \(words(detail, or: code)).")
        case CURLE_SSL_CONNECT_ERROR:
            HTTPFailure(.unreachable, "No TLS connection came about: \(words(detail, or: code)).")
        case CURLE_OPERATION_TIMEDOUT where !mayHaveLeft:
            HTTPFailure(.unreachable, "It did not accept a connection in time.")
        case CURLE_OPERATION_TIMEDOUT:
            HTTPFailure(.unreachable, "It did not answer in time.")
        case CURLE_GOT_NOTHING:
            HTTPFailure(.unreachable, "It closed the connection without an answer.")
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            HTTPFailure(.unreachable, "It broke the connection off.")
        default:
            HTTPFailure(.unreachable, "The exchange failed: \(text(of: code)).")
        }
    }

    /// libcurl's words for a result in general.
    static func text(of code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }

    private static func words(_ detail: UnsafePointer<CChar>, or code: CURLcode) -> String {
        let words = String(cString: detail)
        return words.isEmpty ? text(of: code) : words
    }
}
