/// Why a load test cannot run.
public enum LoadError: Error, Equatable, CustomStringConvertible {
    /// The address cannot be used.
    case unusableURL(String, reason: String)
    /// Not one session could be opened.
    case noSession(host: String, port: Int, reason: String)
    /// The process whose usage is to be measured does not exist, or is not ours to look at.
    case noProcess(Int32)

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .unusableURL(let url, let reason):
            "\"\(url)\" cannot be used: \(reason). Expected is an address like ws://127.0.0.1:8080/v1/realtime."
        case .noSession(let host, let port, let reason):
            "No session could be opened at \(host):\(port): \(reason). Start a server there with `visavis serve`."
        case .noProcess(let id):
            "There is no process \(id) on this machine; `--pid` takes the server's: `pgrep -f 'visavis serve'`."
        }
    }
}
