import { redisScript } from '../redis/run-script.ts'
import { RECENT } from './limits.ts'

/**
 * One step of the shared budget, atomic over all processes.
 *
 * KEYS: state, waiting processes, minute, day, recent calls of each lane.
 * ARGV: now ('' = the server's time), process, rate, burst, per minute, minute slice ms, minute slices, day slice ms,
 * day slices, others' turn ms, longest sleep ms, presence ms, charged minute, charged day, then for each lane:
 * weight, day limit, waiting, costs separated by commas.
 *
 * Gives: for each lane granted, paused until, day free at, waiting; then ask again in ms, used this minute, used this
 * day, now.
 */
export const takeScript = redisScript(`
local state, present, minuteKey, dayKey, recentKey = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local process = ARGV[2]
local rate, burst, perMinute = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local minuteSlice, minuteSlices = tonumber(ARGV[6]), tonumber(ARGV[7])
local daySlice, daySlices = tonumber(ARGV[8]), tonumber(ARGV[9])
local othersTurn, longestSleep, presence = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
local chargedMinute, chargedDay = tonumber(ARGV[13]), tonumber(ARGV[14])
local laneCount = (#ARGV - 14) / 4

local function name(prefix, number) return prefix .. string.format('%.0f', number) end
local function whole(number) return string.format('%.0f', number) end

local function countedIn(key, sliceMs, slices)
  local known = redis.call('HMGET', key, 'slice', 'sum')
  local current = math.floor(now / sliceMs)
  local last = tonumber(known[1]) or current
  local sum = tonumber(known[2]) or 0
  if current - last > slices then
    redis.call('DEL', key)
    sum = 0
  else
    for slice = last - slices, current - slices - 1 do
      local count = redis.call('HGET', key, name('n', slice))
      if count then
        sum = sum - tonumber(count)
        redis.call('HDEL', key, name('n', slice))
      end
    end
  end
  current = math.max(current, last)
  redis.call('HSET', key, 'slice', whole(current), 'sum', whole(sum))
  redis.call('PEXPIRE', key, whole(sliceMs * (slices + 2)))
  return sum, current
end

local function count(key, slice, cost)
  redis.call('HINCRBY', key, name('n', slice), cost)
  redis.call('HINCRBY', key, 'sum', cost)
end

local usedMinute, minuteNow = countedIn(minuteKey, minuteSlice, minuteSlices)
local usedDay, dayNow = countedIn(dayKey, daySlice, daySlices)
if chargedMinute > 0 then
  count(minuteKey, minuteNow, chargedMinute)
  usedMinute = usedMinute + chargedMinute
end
if chargedDay > 0 then
  count(dayKey, dayNow, chargedDay)
  usedDay = usedDay + chargedDay
end

local saved = redis.call('HMGET', state, 'tokens', 'at', 'time')
local at = math.max(tonumber(saved[2]) or now, now)
local tokens = math.min(burst, (tonumber(saved[1]) or burst) + (at - (tonumber(saved[2]) or now)) * rate)
local virtualTime = tonumber(saved[3]) or 0

local lanes = {}
for lane = 1, laneCount do
  local from = 14 + (lane - 1) * 4
  local kept = redis.call('HMGET', state, 'finish' .. lane, 'paused' .. lane)
  local costs = {}
  for cost in string.gmatch(ARGV[from + 4], '%d+') do costs[#costs + 1] = tonumber(cost) end
  lanes[lane] = {
    weight = tonumber(ARGV[from + 1]), dayLimit = tonumber(ARGV[from + 2]), waiting = tonumber(ARGV[from + 3]),
    costs = costs, others = 0, granted = 0, spent = 0, finish = tonumber(kept[1]) or 0, paused = tonumber(kept[2]) or 0
  }
end

local processes = redis.call('HGETALL', present)
for i = 1, #processes, 2 do
  if processes[i] ~= process then
    local fields = {}
    for field in string.gmatch(processes[i + 1], '%d+') do fields[#fields + 1] = tonumber(field) end
    if fields[1] <= now then
      redis.call('HDEL', present, processes[i])
    else
      for lane = 1, laneCount do lanes[lane].others = lanes[lane].others + (fields[lane + 1] or 0) end
    end
  end
end

local function head(lane) return lane.costs[lane.granted + 1] end
local function overDay(lane) return usedDay > 0 and usedDay + (head(lane) or 1) > lane.dayLimit end

local askAgain = 0
while true do
  local best, bestStart
  for i = 1, laneCount do
    local lane = lanes[i]
    if (head(lane) or lane.others > 0) and lane.paused <= now and not overDay(lane) then
      local start = math.max(virtualTime, lane.finish)
      if not best or start < bestStart then best, bestStart = lane, start end
    end
  end
  if not best then break end
  local cost = head(best)
  local need = math.min(cost or 1, burst)
  if tokens < need then
    askAgain = math.max(1, math.ceil((need - tokens) / rate))
    break
  end
  if not cost then
    askAgain = othersTurn
    break
  end
  if usedMinute > 0 and usedMinute + cost > perMinute then
    askAgain = longestSleep
    break
  end
  tokens = tokens - cost
  usedMinute = usedMinute + cost
  usedDay = usedDay + cost
  count(minuteKey, minuteNow, cost)
  count(dayKey, dayNow, cost)
  virtualTime = bestStart
  best.finish = bestStart + cost / best.weight
  best.granted = best.granted + 1
  best.spent = best.spent + cost
end

-- By lane and minute, for forecasts: nothing is decided by it.
local thisMinute = math.floor(now / ${String(RECENT.sliceMs)})
for i = 1, laneCount do
  local spent = lanes[i].spent
  if spent > 0 and redis.call('HINCRBY', recentKey, whole(thisMinute) .. ':' .. i, spent) == spent then
    for _, field in ipairs(redis.call('HKEYS', recentKey)) do
      if tonumber(string.match(field, '^%d+')) < thisMinute - ${String(RECENT.slices)} then redis.call('HDEL', recentKey, field) end
    end
    redis.call('PEXPIRE', recentKey, ${String(RECENT.sliceMs * (RECENT.slices + 2))})
  end
end

local left, unseen = false, false
local presentNow = { whole(now + presence) }
local update = { 'tokens', string.format('%.17g', tokens), 'at', whole(at), 'time', string.format('%.17g', virtualTime) }
local longestPause = 0
for i = 1, laneCount do
  local lane = lanes[i]
  lane.waiting = math.max(0, lane.waiting - lane.granted)
  if lane.waiting > 0 then left = true end
  if lane.waiting > 0 and lane.granted > 0 and not head(lane) then unseen = true end
  presentNow[#presentNow + 1] = whole(lane.waiting)
  update[#update + 1] = 'finish' .. i
  update[#update + 1] = string.format('%.17g', lane.finish)
  longestPause = math.max(longestPause, lane.paused - now)
end
redis.call('HSET', state, unpack(update))
redis.call('PEXPIRE', state, whole(longestPause + 600000))
if left then
  redis.call('HSET', present, process, table.concat(presentNow, ','))
  redis.call('PEXPIRE', present, 60000)
  if askAgain == 0 then askAgain = unseen and 1 or longestSleep end
else
  redis.call('HDEL', present, process)
  askAgain = 0
end

local reply = {}
local freeAt
for i = 1, laneCount do
  local lane = lanes[i]
  local dayFreeAt = 0
  if lane.waiting > 0 and overDay(lane) then
    if not freeAt then
      freeAt = now
      for slice = dayNow - daySlices, dayNow do
        if redis.call('HEXISTS', dayKey, name('n', slice)) == 1 then
          freeAt = (slice + daySlices + 1) * daySlice
          break
        end
      end
    end
    dayFreeAt = freeAt
  end
  reply[#reply + 1] = lane.granted
  reply[#reply + 1] = lane.paused
  reply[#reply + 1] = dayFreeAt
  reply[#reply + 1] = lane.waiting + lane.others
end
reply[#reply + 1] = askAgain
reply[#reply + 1] = usedMinute
reply[#reply + 1] = usedDay
reply[#reply + 1] = now
return reply
`)

/** Pauses lanes for all processes. KEYS: state. ARGV: now ('' = the server's time), for how long in ms, lanes from 1. */
export const pauseScript = redisScript(`
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local untilMs = now + tonumber(ARGV[2])
for i = 3, #ARGV do
  local field = 'paused' .. ARGV[i]
  if untilMs > (tonumber(redis.call('HGET', KEYS[1], field)) or 0) then
    redis.call('HSET', KEYS[1], field, string.format('%.0f', untilMs))
  end
end
local left = redis.call('PTTL', KEYS[1])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(left, tonumber(ARGV[2]) + 600000)))
return untilMs
`)
