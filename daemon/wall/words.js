// What the wall says, in both languages. [Vietnamese, English]; {0}, {1} are filled in.

import {choice} from './addresses.js';

const LANGUAGE = 'ioc-language';

const words = {
  title: ['Trung tâm điều hành thông minh', 'Intelligent operations centre'],
  skip: ['Đến nội dung chính', 'Skip to content'],
  other_language: ['English', 'Tiếng Việt'],
  to_light: ['Nền sáng', 'Light'],
  to_dark: ['Nền tối', 'Dark'],
  overview: ['Tổng quan', 'Overview'],
  addresses: ['Các địa chỉ khác của hệ thống', 'Other addresses of the system'],
  loading: ['Đang tải số liệu…', 'Loading…'],
  no_page: ['Không có trang này.', 'There is no such page.'],

  connecting: ['Đang kết nối', 'Connecting'],
  live: ['Trực tuyến', 'Live'],
  lost: ['Mất kết nối', 'Connection lost'],
  refused: ['Không được xem', 'Not let in'],
  unreached: ['Không kết nối được tới máy chủ.', 'The server cannot be reached.'],
  lost_since: ['Mất kết nối với hệ thống từ {0}. Số liệu dưới đây là của lúc đó; màn hình tự kết nối lại.',
    'No connection since {0}. The figures below are of that time; the wall connects again by itself.'],
  lost_at_start: ['Chưa có số liệu. Màn hình tự thử lại.',
    'There are no figures yet. The wall tries again by itself.'],
  awaited: ['Đang chờ {0}: máy chủ chưa trả lời. Quá nhiều cửa sổ của trang này cùng mở?',
    'Waiting for {0}: the server has not answered. Are too many windows of this page open?'],
  awaited_all: ['số liệu và danh mục', 'the figures and the catalogue'],
  awaited_picture: ['số liệu', 'the figures'],
  awaited_names: ['danh mục', 'the catalogue'],
  last_change: ['Thay đổi gần nhất {0}', 'Last change {0}'],
  picture_of: ['Số liệu của {0} ({1})', 'Figures of {0} ({1})'],
  refused_why: ['Hệ thống chỉ cho người có quyền xem. Hãy nhập mã truy cập (token).',
    'The system shows its figures to those who may see them. Give a token.'],
  refused_token: ['Mã truy cập này không được chấp nhận. Hãy nhập mã khác.',
    'This token is not accepted. Give another one.'],
  token: ['Mã truy cập', 'Token'],
  token_kept: ['Mã chỉ được giữ đến khi đóng trang này.', 'It is kept until this page is closed.'],
  send: ['Xem', 'Show'],

  targets_title: ['Chỉ tiêu', 'Targets'],
  others: ['Khác', 'Others'],
  status_achieved: ['Đã đạt', 'Achieved'],
  status_on_track: ['Đúng tiến độ', 'On track'],
  status_at_risk: ['Có nguy cơ', 'At risk'],
  status_lagging: ['Chậm tiến độ', 'Lagging'],
  status_missed: ['Không đạt', 'Missed'],
  status_regressed: ['Thụt lùi', 'Regressed'],
  status_awaiting_final: ['Chờ số chính thức', 'Awaiting final figure'],
  status_no_data: ['Chưa có số liệu', 'No data'],
  status_no_baseline: ['Chưa có mốc gốc', 'No baseline'],
  status_no_deadline: ['Không thời hạn', 'No deadline'],
  status_too_early: ['Quá sớm để đánh giá', 'Too early to tell'],
  status_none: ['Không có chỉ tiêu', 'No target'],

  completeness: ['Đơn vị báo cáo đủ đến nay', 'Units complete by now'],
  all_reported: ['Không đơn vị nào còn nợ báo cáo.', 'No unit owes a report.'],
  owing: ['Còn nợ báo cáo', 'Owe reports'],
  owed: ['còn nợ {0} báo cáo', 'owes {0}'],
  and_more: ['và {0} đơn vị khác', 'and {0} more'],
  fresh: ['Đã gửi', 'Sent'],
  due: ['Phải gửi', 'Due'],
  late: ['Chậm', 'Late'],
  missing: ['Thiếu', 'Missing'],
  waived: ['Được miễn', 'Waived'],
  freshness_none: ['Không có báo cáo', 'No reports'],

  units: ['Các đơn vị', 'Units'],
  no_units: ['Danh mục không có đơn vị nào.', 'The catalogue has no units.'],
  no_value_yet: ['Chưa có số liệu', 'No value yet'],
  in_30_days: ['30 ngày', '30 days'],
  in_30_days_short: ['30 ngày', '30 d'],
  newest: ['mới nhất', 'newest'],
  kind_office: ['Cơ quan', 'Offices'],
  kind_so: ['Sở', 'Departments'],
  kind_ban_nganh: ['Ban, ngành, cơ quan tỉnh', 'Boards and agencies'],
  kind_dang: ['Cơ quan Đảng', 'Party bodies'],
  kind_doan_the: ['Mặt trận, đoàn thể', 'Front and unions'],
  kind_trung_uong: ['Cơ quan trung ương', 'Central agencies'],

  behind: ['Chỉ tiêu cần xử lý', 'Targets that need action'],
  none_behind: ['Không có chỉ tiêu nào chậm hoặc có nguy cơ.', 'No target is behind or at risk.'],
  no_targets: ['Danh mục không có chỉ tiêu nào.', 'The catalogue has no targets.'],
  no_actuals: ['Chưa chỉ tiêu nào có số liệu.', 'No target has a value yet.'],
  below: ['↓ còn {0}', '↓ {0} more'],
  actual: ['Thực hiện', 'Actual'],
  expected: ['Kỳ vọng', 'Expected'],
  target: ['Chỉ tiêu', 'Target'],
  forecast: ['Dự báo', 'Forecast'],
  no_owner: ['Chưa giao đơn vị', 'No owner'],
  no_deadline: ['không thời hạn', 'no deadline'],
  days_left: ['còn {0} ngày', '{0} days left'],
  days_over: ['quá hạn {0} ngày', '{0} days over'],
  province: ['Toàn tỉnh', 'Province'],

  unit_district: ['huyện', 'districts'],
  unit_dossier: ['hồ sơ', 'dossiers'],
  unit_enterprise: ['doanh nghiệp', 'enterprises'],
  unit_event: ['sự kiện', 'events'],
  unit_facility: ['cơ sở', 'facilities'],
  unit_farm: ['trang trại', 'farms'],
  unit_group: ['tổ', 'groups'],
  unit_hectare: ['ha', 'ha'],
  unit_hour: ['giờ', 'hours'],
  unit_level: ['mức', 'level'],
  unit_million_vnd_per_ha: ['triệu đồng/ha', 'million VND/ha'],
  unit_percentage_point: ['điểm %', 'pp'],
  unit_person: ['người', 'people'],
  unit_person_per_agency: ['người/cơ quan', 'people/agency'],
  unit_product: ['sản phẩm', 'products'],
  unit_product_line: ['dòng sản phẩm', 'product lines'],
  unit_rank: ['thứ hạng', 'rank'],
  unit_service: ['dịch vụ', 'services'],
  unit_task: ['nhiệm vụ', 'tasks'],
  unit_transaction: ['giao dịch', 'transactions'],
  unit_unit: ['đơn vị', 'units'],
};

// In private modes there may be no storage: then the choice lasts as long as the page.
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

let chosen = choice('lang', ['vi', 'en']) ?? (stored(LANGUAGE) === 'en' ? 'en' : 'vi');

/// "vi" or "en".
export function language() {
  return chosen;
}

export function setLanguage(code) {
  chosen = code;
  try {
    localStorage.setItem(LANGUAGE, code);
  } catch {
    // As above.
  }
}

/// More words of the same form.
export function addWords(more) {
  Object.assign(words, more);
}

/// The words of a key; of a key that has none what follows its first "_": units and kinds are words
/// of a catalogue's own.
export function word(key, ...values) {
  const pair = words[key];
  if (pair === undefined) return key.slice(key.indexOf('_') + 1).replaceAll('_', ' ');
  return pair[chosen === 'vi' ? 0 : 1].replace(/\{(\d)\}/g, (_, index) => values[index]);
}

/// "tỉnh Sơn La" is written so within a sentence; at its beginning with a capital.
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/// The name of a department, an indicator, a member or the territory; its code without one.
export function nameOf(thing) {
  if (!thing) return '';
  return (chosen === 'vi' ? thing.nameVi || thing.nameEn : thing.nameEn || thing.nameVi) || thing.code;
}

export function statusWord(status) {
  return word(`status_${status}`);
}

export function freshnessWord(state) {
  return state === 'none' ? word('freshness_none') : word(state);
}
