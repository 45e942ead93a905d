
function done(summary, latency)
  local errors = summary.errors
  local time = seconds and seconds(summary) or summary.duration / 1e6
  io.write(string.format('BENCH %d %.6f %d %d %.3f %.3f %.3f\n', summary.requests, time, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
