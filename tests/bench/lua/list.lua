-- wrk: calls whose bodies are the lines of a file, each line once; the threads share them out and end when all are sent.
-- From the environment: BENCH_PORTS, BENCH_THREADS, BENCH_PATH, BENCH_BODIES the file; BENCH_TAKE the field of the
-- answers that is written, one a line, to BENCH_TAKEN and the thread's number (empty: none); BENCH_PAUSE milliseconds
-- between two calls of a connection (0: none).
local ports, threads = {}, tonumber(os.getenv('BENCH_THREADS'))
for port in os.getenv('BENCH_PORTS'):gmatch('%d+') do ports[#ports + 1] = port end
local pause, take = tonumber(os.getenv('BENCH_PAUSE')), os.getenv('BENCH_TAKE')
local ffi = require('ffi')
ffi.cdef('struct bench_time { long s; long ns; }; int clock_gettime(int clock, struct bench_time *time);')
local function clock()
  local time = ffi.new('struct bench_time')
  ffi.C.clock_gettime(1, time)
  return tonumber(time.s) + tonumber(time.ns) / 1e9
end

local all = {}
function setup(thread)
  thread:set('number', #all)
  thread.addr = wrk.lookup('127.0.0.1', ports[#all % #ports + 1])[1]
  all[#all + 1] = thread
end

local bodies, taken, n, pattern = {}, nil, 0, nil
began, ended = 0, 0
function init()
  local line = 0
  for body in io.lines(os.getenv('BENCH_BODIES')) do
    if line % threads == number then bodies[#bodies + 1] = body end
    line = line + 1
  end
  if take ~= '' then
    taken, pattern = io.open(os.getenv('BENCH_TAKEN') .. number, 'w'), '"' .. take .. '":"([^"]+)"'
  end
end

if take ~= '' then
  function response(_, _, body)
    local value = body:match(pattern)
    if value then
      taken:write(value, '\n')
      taken:flush()
    end
  end
end

if pause > 0 then
  function delay() return pause end
end

local head = 'POST ' .. os.getenv('BENCH_PATH') .. ' HTTP/1.1\r\nHost: reset.example.com\r\n'
  .. 'Content-Type: application/json\r\nContent-Length: '
local tried
function request()
  -- wrk tries the first thread's function once, and sends nothing.
  if number == 0 and not tried then
    tried = true
    return head .. '2\r\n\r\n{}'
  end
  if n == 0 then began = clock() end
  n = n + 1
  local body = bodies[n]
  if not body then
    -- Whatever goes out now is not counted: the thread ends before it is answered.
    if ended == 0 then ended = clock() end
    wrk.thread:stop()
    body = '{}'
  end
  return head .. #body .. '\r\n\r\n' .. body
end

function seconds(summary)
  local longest = 0
  for _, thread in ipairs(all) do
    local from, to = thread:get('began'), thread:get('ended')
    if to > 0 then longest = math.max(longest, to - from) else return summary.duration / 1e6 end
  end
  return longest
end
