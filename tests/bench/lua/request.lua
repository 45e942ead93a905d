-- wrk: `request`, each call with another address. From the environment, since wrk gives arguments to threads alone:
-- BENCH_PORTS the listeners, BENCH_THREADS, BENCH_PATH, BENCH_NAME begins every address, BENCH_MOST calls at most (0: no
-- end), BENCH_PAUSE milliseconds between two calls of a connection (0: none).
local ports, threads = {}, tonumber(os.getenv('BENCH_THREADS'))
for port in os.getenv('BENCH_PORTS'):gmatch('%d+') do ports[#ports + 1] = port end
local name, most = os.getenv('BENCH_NAME'), tonumber(os.getenv('BENCH_MOST'))

local count = 0
function setup(thread)
  thread:set('number', count)
  thread.addr = wrk.lookup('127.0.0.1', ports[count % #ports + 1])[1]
  count = count + 1
end

local pause = tonumber(os.getenv('BENCH_PAUSE'))
if pause > 0 then
  function delay() return pause end
end

local tried, n
local head = 'POST ' .. os.getenv('BENCH_PATH') .. ' HTTP/1.1\r\nHost: reset.example.com\r\n'
  .. 'Content-Type: application/json\r\nContent-Length: '
function request()
  -- wrk tries the first thread's function once, and sends nothing.
  if number == 0 and not tried then
    tried = true
    return head .. '2\r\n\r\n{}'
  end
  n = n and n + threads or number
  if most > 0 and n >= most then wrk.thread:stop() end
  local body = '{"email":"' .. name .. n .. '@d' .. n % 97 .. '.example.com"}'
  return head .. #body .. '\r\n\r\n' .. body
end
