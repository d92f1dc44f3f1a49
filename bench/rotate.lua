-- Asks for the paths of a file in turn. Arguments after `--`: the file, then headers as Name:value.
local paths, at, headers = {}, 0, {}

function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  for place = 2, #args do
    local name, value = args[place]:match("^([^:]+):(.*)$")
    headers[name] = value
  end
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nBENCH {"requests": %d, "seconds": %.3f, "bytes": %d, "p50_ms": %.3f, "p99_ms": %.3f, "refused": %d, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
