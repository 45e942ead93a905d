-- The server's clock in milliseconds since 1970: the one clock that all programs share.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- A whole number as JSON and commands want it: Lua's own tostring turns 13 digits into 1.7e+12. Most times are said more
-- than once in a script, and writing one takes Redis as long as a small command.
local written = {}
local function whole(number)
  local text = written[number]
  if not text then
    text = string.format('%.0f', number)
    written[number] = text
  end
  return text
end
