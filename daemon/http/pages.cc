#include "http/pages.h"

namespace iocd::http {

absl::string_view IndexPage() {
  return R"(<!DOCTYPE html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trung tâm điều hành thông minh · Intelligent operations centre</title>
<style>body{font:1rem/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
td{padding:.2rem 1rem .2rem 0;vertical-align:top}</style>
<h1>Trung tâm điều hành thông minh<br><small lang="en">Intelligent operations centre</small></h1>
<table>
<tr><td><a href="/">/</a><td>Màn hình của trung tâm<br><span lang="en">The wall</span>
<tr><td><a href="/metrics">/metrics</a><td>Số liệu cho Prometheus<br>
<span lang="en">Metrics for Prometheus</span>
<tr><td><a href="/api/v1/departments">/api/v1/departments</a><td>Các đơn vị<br>
<span lang="en">Departments</span>
<tr><td><a href="/api/v1/indicators">/api/v1/indicators</a><td>Các chỉ số; một đơn vị:
<code>?department=</code><br>
<span lang="en">Indicators; of one department: <code>?department=</code></span>
<tr><td>/api/v1/series?indicator=<td>Giá trị của một chỉ số theo từng cửa sổ thời gian<br>
<span lang="en">Values of one indicator in every window</span>
<tr><td><a href="/api/v1/scorecard">/api/v1/scorecard</a><td>Chỉ tiêu và trạng thái thực hiện<br>
<span lang="en">Targets and their status</span>
<tr><td><a href="/api/v1/targets?superseded=true">/api/v1/targets</a><td>Mọi chỉ tiêu, cả chỉ tiêu đã được
thay thế: <code>?superseded=true</code><br>
<span lang="en">Every target, those that were superseded too: <code>?superseded=true</code></span>
<tr><td><a href="/api/v1/reports">/api/v1/reports</a><td>Đơn vị nào còn nợ báo cáo, chậm bao nhiêu trong năm<br>
<span lang="en">Who owes which report, and how many came late this year</span>
<tr><td>/api/v1/watch?scope=<td>Những gì vừa thay đổi (server-sent events)<br>
<span lang="en">What changes, as it changes (server-sent events)</span>
<tr><td>POST /api/v1/events<td>Gửi sự kiện (JSON)<br><span lang="en">Send events (JSON)</span>
<tr><td>/api/v1/resume?department=&amp;producer=<td>Lô cuối cùng đã nhận của một hệ thống gửi<br>
<span lang="en">The last batch taken from a sending system</span>
<tr><td><a href="/-/healthy">/-/healthy</a>, <a href="/-/ready">/-/ready</a>
<td>Tình trạng của hệ thống<br><span lang="en">State of the system</span>
</table>
</html>
)";
}

}  // namespace iocd::http
